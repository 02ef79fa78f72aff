package io.jenkins.plugins.approvalgate.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows as a Markdown table. */
final class Table {

    private static final String HEAD = """
            | Row | Measured | | Beside it | | Ratio | To reach | |
            |---|---|---:|---|---:|---:|---|---|
            """;

    private Table() {}

    /** @param figures of each measure, by its name, in the order of the rows */
    static String of(Map<String, List<Figure>> figures) {
        return figures.entrySet().stream()
                .flatMap(rows -> rows.getValue().stream().map(figure -> row(rows.getKey(), figure)))
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String row(String name, Figure figure) {
        boolean alone = figure.beside().isEmpty();
        return "| " + String.join(
                        " | ",
                        name,
                        cell(figure.what()),
                        amount(figure.value(), figure.unit()),
                        alone ? "—" : cell(figure.beside()),
                        alone ? "—" : amount(figure.besideValue(), figure.unit()),
                        Numbers.brief(figure.ratio()),
                        figure.toReach().isEmpty() ? "—" : cell(figure.toReach()),
                        verdict(figure))
                + " |\n";
    }

    private static String verdict(Figure figure) {
        if (Double.isNaN(figure.limit())) {
            return "";
        }
        return figure.reached() ? "reached" : "**falls short**";
    }

    private static String amount(double value, String unit) {
        return Numbers.brief(value) + (unit.isEmpty() ? "" : " " + unit);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
