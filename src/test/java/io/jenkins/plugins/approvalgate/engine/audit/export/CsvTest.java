package io.jenkins.plugins.approvalgate.engine.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.Test;

/** Tables that a spreadsheet opens without running anything in them. */
public class CsvTest {

    @Test
    public void formula_isATextWithAnApostrophe() {
        for (String formula : List.of(
                "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x")) {
            assertThat(Csv.harmless(formula)).isEqualTo("'" + formula);
        }
        for (String text : List.of("", "main", "release/*", "2 of qa-team", "a=b", "'=1", " ")) {
            assertThat(Csv.harmless(text)).isEqualTo(text);
        }
    }

    @Test
    public void whatIsWritten_isReadBack_cellByCell() throws Exception {
        List<String> nasty = List.of("a,b", "say \"no\"", "two\r\nlines", "é – 漢字 🙂", "", ";\",=1");

        String text = new String(Csv.of(List.of("1", "2", "3", "4", "5", "6"), List.of(nasty)), StandardCharsets.UTF_8);

        List<CSVRecord> read = CSVFormat.RFC4180.parse(new StringReader(text)).getRecords();
        assertThat(read).hasSize(2);
        assertThat(read.get(1).toList()).isEqualTo(nasty);
    }

    @Test
    public void separatorsInACell_beginNoCellThatIsAFormula() throws Exception {
        String text = new String(Csv.of(List.of("a"), List.of(List.of("x\",=1"), List.of("x;=1"))), StandardCharsets.UTF_8);

        assertThat(text).isEqualTo("\"a\"\r\n\"x\"\",=1\"\r\n\"x;=1\"\r\n");
    }
}
