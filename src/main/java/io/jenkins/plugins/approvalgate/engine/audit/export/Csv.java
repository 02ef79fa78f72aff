package io.jenkins.plugins.approvalgate.engine.audit.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** Tables for spreadsheets: RFC 4180, with a line of titles, in which no cell is taken for a formula. */
public final class Csv {

    public static final String TYPE = "text/csv; charset=utf-8; header=present";

    /** With what a cell begins that a spreadsheet takes for a formula (OWASP, "CSV Injection"). */
    private static final String DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();

    private final CSVPrinter printer;

    /** Begins a table with its line of titles. */
    Csv(Appendable to, List<String> titles) throws IOException {
        printer = new CSVPrinter(to, FORMAT);
        printer.printRecord(titles);
    }

    /** Adds a line. */
    void row(List<String> cells) throws IOException {
        printer.printRecord(cells.stream().map(Csv::harmless).toList());
    }

    /** The table in UTF-8. */
    public static byte[] of(List<String> titles, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        try {
            Csv csv = new Csv(text, titles);
            for (List<String> row : rows) {
                csv.row(row);
            }
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same text, with an apostrophe before what would be a formula. */
    static String harmless(String cell) {
        return !cell.isEmpty() && DANGEROUS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
