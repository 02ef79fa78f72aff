package io.jenkins.plugins.approvalgate.preview;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of the example pipeline, as far as it has come. Immutable.
 *
 * @param user who started it
 * @param metrics names and values, as text
 * @param log its lines, first to last
 */
record Run(
        int number,
        String branch,
        String user,
        Map<String, String> metrics,
        Instant startedAt,
        List<Step> steps,
        List<String> log) {

    Run {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        steps = List.copyOf(steps);
        log = List.copyOf(log);
    }

    static Run begin(int number, String branch, String user, Map<String, String> metrics, Instant now) {
        Run run = new Run(number, branch, user, metrics, now, Pipeline.steps(branch), List.of());
        return run.saying("Started by " + user + " on " + branch, now);
    }

    /** {@code mlops#1} */
    String id() {
        return Pipeline.NAME + "#" + number;
    }

    Step.Status status() {
        Step.Status furthest = unfinished().map(Step::status).orElse(Step.Status.SUCCESS);
        return furthest == Step.Status.NOT_BUILT ? Step.Status.RUNNING : furthest;
    }

    /** The step that the run is at; empty if the run has ended. */
    Optional<Step> current() {
        return unfinished().filter(step -> !step.status().isEnd());
    }

    /** The first step that did not succeed. */
    private Optional<Step> unfinished() {
        return steps.stream().filter(step -> step.status() != Step.Status.SUCCESS).findFirst();
    }

    /** The ids of the gates that it came to. */
    List<String> gates() {
        return steps.stream().flatMap(step -> step.gate().stream()).toList();
    }

    /** This run with {@code step} in the place of the one of the same stage. */
    Run with(Step step) {
        List<Step> next = steps.stream()
                .map(old -> old.stage().equals(step.stage()) ? step : old)
                .toList();
        return new Run(number, branch, user, metrics, startedAt, next, log);
    }

    Run saying(String line, Instant now) {
        List<String> next = new ArrayList<>(log);
        next.add(now.truncatedTo(ChronoUnit.SECONDS) + " " + line);
        return new Run(number, branch, user, metrics, startedAt, steps, next);
    }
}
