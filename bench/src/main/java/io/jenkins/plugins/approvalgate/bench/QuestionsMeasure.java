package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.Explainer;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What is asked of settings alone, by JMH: an explanation; the next opening of business hours, at another time each time,
 * so that nothing is remembered; and branch patterns, the worst that there are: many stars, and a name that all but fits.
 */
public class QuestionsMeasure implements Measure {

    /** How long the branch's name is, which is about as long as Git takes one. */
    private static final int NAME = 250;

    @Override
    public String name() {
        return "questions";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(QuestionsMeasure.class.getName() + "\\..*")
                .forks(0)
                .warmupIterations(setting.size(3, 1))
                .warmupTime(TimeValue.milliseconds(setting.size(1_000, 100)))
                .measurementIterations(setting.size(5, 1))
                .measurementTime(TimeValue.milliseconds(setting.size(1_000, 100)));
        Collection<RunResult> results = new Runner(options.build()).run();
        List<Figure> figures = new ArrayList<>();
        double shorter = Double.NaN;
        for (RunResult result : results) {
            String of = result.getPrimaryResult().getLabel();
            double micros = result.getPrimaryResult().getScore();
            String length = result.getParams().getParam("length");
            String what = "`" + of + "`" + (length == null ? "" : ", " + length + " characters");
            figures.add(Figure.within(what + ", JMH average", micros, "µs", 100));
            if (length != null) {
                if (!Double.isNaN(shorter)) {
                    figures.add(Figure.atMost(
                            what + ", growth", micros, "a quarter of the pattern", shorter, "µs", 4.4));
                }
                shorter = micros;
            }
        }
        return figures;
    }

    /** {@code POST environments/*}{@code /explain} without HTTP, with branch control and business hours. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public static class Explaining {
        private Environment environment;
        private GateKeeper keeper;
        private Explainer explainer;
        private Instant at = Typical.MONDAY;

        @Setup
        public void open() throws Exception {
            Path home = Files.createTempDirectory("bench-explain");
            environment = Typical.environment(
                    "production", Order.UNANIMOUS, List.of(Approver.user("grace"), Approver.group("team", 1)), Typical.checks());
            BenchHost host = new BenchHost(List.of(environment), Map.of("team", Set.of("erin")));
            keeper = GateKeeper.open(home, host, new BenchClock(Typical.MONDAY));
            explainer = new Explainer(keeper, host);
        }

        @Benchmark
        public Explainer.Explanation explain() {
            at = at.plus(Duration.ofHours(7));
            return explainer.explain(
                    environment, Typical.request("production", "models/sensors", 1, "dave"), "erin", at, false);
        }

        @TearDown
        public void close() throws Exception {
            keeper.close();
        }
    }

    /** Business hours with holidays, at a time that is mostly outside. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public static class Hours {
        private final Check.OfTime check = (Check.OfTime) check(new CheckSpec(
                "businessHours",
                Map.of(
                        "days", "MON-FRI",
                        "from", "09:00",
                        "to", "17:00",
                        "timeZone", "America/New_York",
                        "holidays", "US")));
        private final Subject subject = subject("main");
        private Instant at = Typical.MONDAY;

        @Benchmark
        public CheckResult businessHours() {
            at = at.plus(Duration.ofHours(19));
            return check.evaluate(subject, at);
        }
    }

    /** {@code a*a*…*b} against {@code aaa…}: where a matcher that tries all ways takes for ever. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public static class Patterns {
        @Param({"16", "64", "256"})
        public int length;

        private Check.OfRequest check;
        private Subject subject;

        @Setup(Level.Trial)
        public void make() {
            check = (Check.OfRequest) check(new CheckSpec("branchControl", Map.of("allowed", "a*".repeat(length / 2 - 1) + "ab")));
            subject = subject("a".repeat(NAME));
        }

        @Benchmark
        public CheckResult branchPattern() {
            return check.evaluate(subject);
        }
    }

    private static Check check(CheckSpec spec) {
        BenchHost host = new BenchHost(List.of(), Map.of());
        return CheckTypes.of(host.surroundings(), List.of()).create(spec);
    }

    private static Subject subject(String branch) {
        GateRequest main = Typical.request("production", "models/sensors", 1, "dave");
        GateRequest request = new GateRequest(
                main.key(), main.environment(), main.job(), main.build(), main.buildUrl(), main.stage(),
                Origin.branch(branch), main.requestedBy(), main.requesters(), main.message(), main.metrics(), main.links(),
                main.inputs());
        return new Subject("gate", request, Typical.MONDAY, Typical.MONDAY.plus(Duration.ofDays(30)), 0);
    }
}
