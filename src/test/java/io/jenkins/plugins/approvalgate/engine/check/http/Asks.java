package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.FakeSurroundings;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Makes checks of this package and asks them about gates, in the fewest words. */
final class Asks {

    static final Instant NOW = Given.START;

    final FakeSurroundings surroundings = new FakeSurroundings();
    final HttpCalls calls = new HttpCalls(surroundings, Duration.ofMillis(1));
    /** What is told to those who ask for call-back addresses; nobody may, unless a test says so. */
    Callbacks callbacks = (subject, expires) -> {
        throw new IOException("nobody can call back");
    };

    /** The check that {@code settings}, names and values by turns, mean. */
    <C> C check(BiFunction<Options, HttpCalls, C> kind, Object... settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put((String) settings[i], settings[i + 1]);
        }
        Options options = Options.of(new CheckSpec("kind", map));
        C check = kind.apply(options, calls);
        options.end();
        return check;
    }

    CheckResult ask(Check.Asking check) throws IOException, InterruptedException {
        return ask(check, subject(Given.request("production", 12)));
    }

    CheckResult ask(Check.Asking check, Subject subject) throws IOException, InterruptedException {
        return check.ask(subject, NOW, callbacks);
    }

    /** What a REST check with these settings says. */
    CheckResult rest(Object... settings) throws IOException, InterruptedException {
        return ask(check(RestCheck::of, settings));
    }

    static Subject subject(GateRequest request) {
        return new Subject("01kjq0000000000000000000ab", request, NOW, NOW.plus(Duration.ofDays(30)), 2);
    }

    /** A gate whose build passed {@code message} and {@code metrics}. */
    static Subject passing(String message, Map<String, String> metrics) {
        GateRequest r = Given.request("production", 12, Set.of("starter"));
        return subject(new GateRequest(
                r.key(), r.environment(), r.job(), r.build(), r.buildUrl(), Optional.empty(), Origin.UNKNOWN, r.requestedBy(),
                r.requesters(), message, metrics, r.links(), r.inputs()));
    }
}
