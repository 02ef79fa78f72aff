package io.jenkins.plugins.approvalgate.host.origin;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.security.HMACConfidentialKey;

/**
 * What was known of a build before the first line of its script ran. Never changes, and has a code that only this controller
 * can make, so that a {@code build.xml} that was written by somebody else says nothing.
 */
public final class OriginRecord extends InvisibleAction {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(OriginRecord.class, "record");

    // The names of the fields are the serial form; a fact that is not known is null.
    private final String kind;
    private final String head;
    private final String repository;
    private final String path;
    private final boolean replayed;
    private final String code;

    private OriginRecord(Run<?, ?> run, Origin origin) {
        kind = origin.head().map(known -> known.kind().word()).orElse(null);
        head = origin.head().map(Origin.Head::name).orElse(null);
        repository = origin.script().map(Origin.Script::repository).orElse(null);
        path = origin.script().map(Origin.Script::path).orElse(null);
        replayed = origin.replayed();
        code = KEY.mac(text(run));
    }

    /** Adds what {@code origin} says to {@code run}; its libraries are not kept, as they are yet to be loaded. */
    static void keep(Run<?, ?> run, Origin origin) {
        run.addOrReplaceAction(new OriginRecord(run, origin));
    }

    /** What was taken down of {@code run}; empty if nothing was, or if it cannot be relied upon. */
    static Optional<Origin> of(Run<?, ?> run) {
        List<OriginRecord> records = run.getActions(OriginRecord.class);
        return records.size() == 1 ? records.get(0).origin(run) : Optional.empty();
    }

    private Optional<Origin> origin(Run<?, ?> run) {
        if (code == null || !KEY.checkMac(text(run), code)) {
            return Optional.empty();
        }
        Optional<Origin.Head> known =
                kind == null ? Optional.empty() : Optional.of(new Origin.Head(Origin.Kind.of(kind), head));
        Optional<Origin.Script> script =
                repository == null ? Optional.empty() : Optional.of(new Origin.Script(repository, path));
        return Optional.of(new Origin(known, script, List.of(), replayed));
    }

    /** Told apart from the record of any other build, and from any other split of the same characters. */
    private String text(Run<?, ?> run) {
        return Stream.of(
                        Integer.toString(run.getNumber()),
                        Long.toString(run.getTimeInMillis()),
                        kind,
                        head,
                        repository,
                        path,
                        Boolean.toString(replayed))
                .map(part -> part == null ? "-" : part.length() + ":" + part)
                .collect(Collectors.joining(" "));
    }
}
