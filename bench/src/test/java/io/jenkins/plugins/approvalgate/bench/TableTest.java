package io.jenkins.plugins.approvalgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class TableTest {

    @Test
    public void table_saysOfEachRowWhetherItIsReached() {
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        figures.put(
                "decision",
                List.of(
                        Figure.atMost("median of 10", 1.3, "write + force", 1.0, "ms", 1.3),
                        Figure.atMost("p99 of 10", 9.0, "write + force", 3.0, "ms", 2)));
        figures.put("crowd", List.of(Figure.atLeast("decisions", 5_000, "forces", 500, "/s", 10)));
        figures.put("page", List.of(Figure.within("script|style", 57.71, "KiB", 60), Figure.told("files", 7, "")));

        assertThat(Table.of(figures)).isEqualTo("""
                | Row | Measured | | Beside it | | Ratio | To reach | |
                |---|---|---:|---|---:|---:|---|---|
                | decision | median of 10 | 1.3 ms | write + force | 1 ms | 1.3 | ≤ 1.3 × | reached |
                | decision | p99 of 10 | 9 ms | write + force | 3 ms | 3 | ≤ 2 × | **falls short** |
                | crowd | decisions | 5,000 /s | forces | 500 /s | 10 | ≥ 10 × | reached |
                | page | script\\|style | 57.7 KiB | — | — | — | ≤ 60 KiB | reached |
                | page | files | 7 | — | — | — | — |  |
                """);
    }

    @Test
    public void samples_percentileIsOneOfThem() {
        Samples samples = new Samples();
        for (int i = 1; i <= 200; i++) {
            samples.add(i * 1_000_000L);
        }

        assertThat(samples.medianMillis()).isEqualTo(100);
        assertThat(samples.p99Millis()).isEqualTo(198);
    }

    @Test
    public void options_anUnknownRowIsNamed() {
        assertThatThrownBy(() -> Options.of(List.of("--quick", "decisions"), List.of("decision", "inbox")))
                .hasMessage("\"decisions\" is no row; there are decision, inbox.");
        assertThat(Options.of(List.of("inbox", "--quick"), List.of("inbox")).rows()).containsExactly("inbox");
    }

    @Test
    public void measures_haveNamesOfTheirOwn() {
        assertThat(Bench.MEASURES.stream().map(Measure::name)).doesNotHaveDuplicates();
    }
}
