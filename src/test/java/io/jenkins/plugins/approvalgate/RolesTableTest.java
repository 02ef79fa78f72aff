package io.jenkins.plugins.approvalgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;

/** The table of roles leaves out no operation of the API, and no row has a hole. */
public class RolesTableTest {

    private final RolesTable table;

    public RolesTableTest() throws IOException {
        table = RolesTable.read();
    }

    @Test
    public void everyOperation_hasARow() {
        Set<String> rows = table.rows().stream()
                .map(row -> row.toString().replace("approvals/rest/", "").replaceAll("\\{[a-z]+}", "*").replaceAll("\\?.*", ""))
                .collect(Collectors.toSet());
        assertThat(rows).containsAll(RestApi.operations());
    }

    @Test
    public void everyRow_hasAnAnswerForEachRole() {
        assertThat(table.rows()).isNotEmpty().allSatisfy(row -> assertThat(row.answers()).hasSameSizeAs(table.roles()));
    }
}
