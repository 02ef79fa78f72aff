package io.jenkins.plugins.approvalgate.engine.check;

import java.util.function.Function;

/** A kind of check that needs nothing but its settings. */
record NamedType(String kind, Function<Options, Check> maker) implements CheckType {

    @Override
    public Check create(Options options) {
        return maker.apply(options);
    }
}
