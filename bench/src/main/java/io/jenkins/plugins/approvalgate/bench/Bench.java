package io.jenkins.plugins.approvalgate.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the measures, each in a process of its own, so that the heap and what is compiled of one do not touch the next, and
 * prints one table.
 */
public final class Bench {

    /** In the order of the table. */
    static final List<Measure> MEASURES = List.of(
            new DecisionMeasure(),
            new CrowdMeasure(),
            new MemoryMeasure(),
            new StartMeasure(),
            new InboxMeasure(),
            new TimersMeasure(),
            new QuestionsMeasure(),
            new PageMeasure(),
            new SearchMeasure(),
            new ExportMeasure());

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String ONE = "--one";

    private Bench() {}

    /** @param arguments {@code [--quick] [--seed N] [--in DIR] [ROW…]}; DIR is where the files go that are measured */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(List.of(arguments), MEASURES.stream().map(Measure::name).toList());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        if (options.one()) {
            measure(options);
        } else {
            all(options);
        }
    }

    private static void measure(Options options) throws Exception {
        Measure measure = named(options.rows().get(0));
        Path work = options.in().resolve("work");
        Files.createDirectories(work);
        List<Figure> figures = measure.run(new Setting(work, options.quick(), options.seed()));
        Files.write(options.in().resolve("figures.json"), JSON.writeValueAsBytes(figures));
        // what a measure left running does not hold up the others
        System.exit(0);
    }

    private static void all(Options options) throws IOException, InterruptedException {
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        Files.createDirectories(options.in());
        for (Measure measure : MEASURES) {
            if (options.rows().isEmpty() || options.rows().contains(measure.name())) {
                System.err.println("== " + measure.name());
                Path own = options.in().resolve(measure.name());
                remove(own);
                Files.createDirectories(own);
                if (fork(measure, own, options) == 0) {
                    figures.put(measure.name(), JSON.readValue(
                            own.resolve("figures.json").toFile(), new TypeReference<List<Figure>>() {}));
                    System.err.print(Table.of(Map.of(measure.name(), figures.get(measure.name()))));
                } else {
                    failed.add(measure.name());
                }
                remove(own);
            }
        }
        String report = Table.of(figures) + "\n" + Machine.facts(options.in());
        System.out.print(report);
        Files.writeString(options.report(), report);
        if (!failed.isEmpty()) {
            System.err.println("Could not be measured, see above: " + String.join(", ", failed));
            System.exit(1);
        }
    }

    private static int fork(Measure measure, Path own, Options options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + measure.heap(),
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                ONE,
                "--seed",
                Long.toString(options.seed()),
                "--in",
                own.toString()));
        if (options.quick()) {
            command.add("--quick");
        }
        command.add(measure.name());
        // the table alone goes to this process's output
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            output.transferTo(System.err);
        }
        return process.waitFor();
    }

    private static Measure named(String name) {
        return MEASURES.stream()
                .filter(measure -> measure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                    Files.delete(file);
                }
            }
        }
    }
}
