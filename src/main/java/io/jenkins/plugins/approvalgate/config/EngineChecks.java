package io.jenkins.plugins.approvalgate.config;

import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.host.CheckTypeExtension;
import io.jenkins.plugins.approvalgate.host.JenkinsSurroundings;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the engine says of checks: it alone knows which settings can be meant. */
final class EngineChecks {

    private EngineChecks() {}

    /** The kinds that this Jenkins has now: plugins come while it runs. */
    static CheckTypes types() {
        return CheckTypes.of(new JenkinsSurroundings(), CheckTypeExtension.all());
    }

    /** @throws IllegalArgumentException if a check cannot be meant; the message names the environment and its place */
    static void require(Environment environment) {
        CheckTypes types = types();
        for (int i = 0; i < environment.checks().size(); i++) {
            try {
                types.create(environment.checks().get(i));
            } catch (IllegalArgumentException impossible) {
                throw new IllegalArgumentException(
                        "environment \"" + environment.name() + "\": checks[" + i + "]: " + impossible.getMessage(),
                        impossible);
            }
        }
    }

    /** What is wrong with {@code setting}, whatever may be wrong with the others; empty if nothing is. */
    static Optional<String> problem(Supplier<CheckSpec> spec, String kind, String setting) {
        try {
            types().create(spec.get());
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            String told = wrong.getMessage().substring(Math.min(wrong.getMessage().length(), (kind + ": ").length()));
            // The engine names the setting first: "from: …", "headers.X-Id: …", "library, repository or …".
            boolean its = Stream.of(":", "[", ".", ",", " ").anyMatch(end -> told.startsWith(setting + end));
            return Optional.of(told.startsWith(setting + ": ") ? told.substring(setting.length() + 2) : told)
                    .filter(words -> its);
        }
    }
}
