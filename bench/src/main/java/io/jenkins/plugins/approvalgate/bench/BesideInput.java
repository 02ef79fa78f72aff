package io.jenkins.plugins.approvalgate.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Prints what was measured on a real Jenkins, where the step stands beside {@code input}: {@code bin/bench --jenkins}. What is
 * measured there, and how, says {@code InputComparison} among the plugin's tests, which writes the file that this reads: by
 * the name of each measurement the samples of both steps, in nanoseconds, and in bytes for the heap.
 */
public final class BesideInput {

    private static final double KIB = 1 << 10;

    private final Map<String, Map<String, long[]>> measured;

    private BesideInput(Map<String, Map<String, long[]>> measured) {
        this.measured = measured;
    }

    /** @param arguments the file */
    public static void main(String[] arguments) throws IOException {
        BesideInput beside = new BesideInput(
                JsonMapper.builder().build().readValue(new File(arguments[0]), new TypeReference<>() {}));
        System.out.print(Table.of(Map.of("jenkins", beside.figures())) + "\n" + Machine.facts(Path.of(arguments[0])));
    }

    private List<Figure> figures() {
        return List.of(
                median("click", "click to the next step, median", 1.0),
                part("click", "click to the next step, p99", 0.99, Double.NaN),
                heap(),
                median("first decision", "first page after a restart to the first decision, median", 0.2),
                median("list after a restart", "list of all that wait, right after a restart, median", 0.02),
                median("list, warm", "list of all that wait, warm, median", 0.02));
    }

    private Figure median(String name, String what, double limit) {
        return part(name, what, 0.5, limit);
    }

    private Figure part(String name, String what, double part, double limit) {
        Samples gate = samples(name, "GATE");
        Samples input = samples(name, "INPUT");
        return figure(what + " of " + gate.count(), gate.millis(part), input.millis(part), "ms", limit);
    }

    /** The mean of the rounds: what one has lost, the next one finds. */
    private Figure heap() {
        double gate = LongStream.of(of("heap", "GATE")).average().orElseThrow() / KIB;
        double input = LongStream.of(of("heap", "INPUT")).average().orElseThrow() / KIB;
        return figure("heap for a waiting build, mean of " + of("heap", "GATE").length + " rounds", gate, input, "KiB", 1.1);
    }

    private static Figure figure(String what, double gate, double input, String unit, double limit) {
        return Double.isNaN(limit)
                ? new Figure(what, "input", gate, input, unit, "", limit, false)
                : Figure.atMost(what, gate, "input", input, unit, limit);
    }

    private Samples samples(String name, String kind) {
        Samples samples = new Samples();
        LongStream.of(of(name, kind)).forEach(samples::add);
        return samples;
    }

    private long[] of(String name, String kind) {
        return measured.get(name).get(kind);
    }
}
