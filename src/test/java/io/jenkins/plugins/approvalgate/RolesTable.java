package io.jenkins.plugins.approvalgate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table of {@code docs/security.md} that says what each role is answered at each address. */
public final class RolesTable {

    private static final Path DOCUMENT = Path.of("docs", "security.md");
    private static final String HEADING = "### What each role sees";

    /** One row: {@code GET approvals/rest/gates/{gate}}, and for each of {@link #roles} a status, or for the CLI an exit code. */
    public record Row(String method, String address, List<Integer> answers) {
        @Override
        public String toString() {
            return method + " " + address;
        }
    }

    private final List<String> roles;
    private final List<Row> rows;

    private RolesTable(List<String> roles, List<Row> rows) {
        this.roles = roles;
        this.rows = rows;
    }

    /** As it stands in the document. */
    public static RolesTable read() throws IOException {
        List<String> roles = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(DOCUMENT);
        for (String line : lines.subList(lines.indexOf(HEADING) + 1, lines.size())) {
            if (line.startsWith("#")) {
                break;
            }
            if (!line.startsWith("|") || line.startsWith("|---")) {
                continue;
            }
            List<String> cells = Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
            if (roles.isEmpty()) {
                roles.addAll(cells.subList(1, cells.size()));
            } else {
                String[] what = cells.get(0).replace("`", "").split(" ", 2);
                rows.add(new Row(what[0], what[1], cells.subList(1, cells.size()).stream().map(Integer::valueOf).toList()));
            }
        }
        return new RolesTable(List.copyOf(roles), List.copyOf(rows));
    }

    public List<String> roles() {
        return roles;
    }

    public List<Row> rows() {
        return rows;
    }
}
