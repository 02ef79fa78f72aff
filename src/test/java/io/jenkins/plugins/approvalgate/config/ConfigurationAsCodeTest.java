package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.yaml.snakeyaml.Yaml;

/** The same YAML into Jenkins and out of it. */
public class ConfigurationAsCodeTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void nothingConfigured() {
        configure();
        configuration().setApproverGroups(List.of());
    }

    private static Settings settings() {
        return configuration().settings();
    }

    private void apply(String yaml) throws Exception {
        Path file = folder.newFile().toPath();
        Path named = file.resolveSibling(file.getFileName() + ".yaml");
        Files.writeString(named, yaml);
        ConfigurationAsCode.get().configure(named.toString());
    }

    @Test
    public void example_hasTheFourGates() throws Exception {
        apply(Files.readString(Path.of("examples/jenkins.yaml")));
        assertThat(settings().environments())
                .extracting(Environment::name)
                .containsExactly("registry-promotion", "test-deployment", "qa-signoff", "production-deployment");
        assertThat(settings().environments())
                .extracting(environment -> environment.policy().order())
                .containsExactly(Order.ANY, Order.ANY, Order.SEQUENTIAL, Order.UNANIMOUS);
        assertThat(settings().environments())
                .extracting(environment -> environment.sla().orElseThrow())
                .containsExactly(Duration.ofHours(24), Duration.ofHours(4), Duration.ofHours(24), Duration.ofHours(48));
        assertThat(settings().environments()).allSatisfy(environment -> {
            assertThat(environment.timeout()).hasDays(30);
            assertThat(environment.checklist()).isNotEmpty();
            assertThat(environment.instructions()).isNotBlank();
        });
        assertThat(settings().environments().get(3).policy().approvers())
                .containsExactly(
                        Approver.user("engineering-manager"),
                        Approver.user("product-owner"),
                        Approver.group("security-team", 1));
        assertThat(settings().approverGroups()).hasSize(3);
    }

    @Test
    public void export_canBeImportedAgain() throws Exception {
        apply(Files.readString(Path.of("examples/jenkins.yaml")));
        Settings before = settings();
        String exported = exported();
        nothingConfigured();
        apply(exported);
        assertThat(settings()).isEqualTo(before);
    }

    @SuppressWarnings("unchecked")
    private static String exported() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        Map<String, Map<String, Object>> all = new Yaml().load(out.toString(StandardCharsets.UTF_8));
        Map<String, Object> ours = (Map<String, Object>) all.get("unclassified").get("approvalGate");
        assertThat(ours).containsOnlyKeys("approverGroups", "environments");
        return new Yaml().dump(Map.of("unclassified", Map.of("approvalGate", ours)));
    }

    @Test
    public void import_replacesWhatWasThere() throws Exception {
        configure(environment("old", "any", user("alice")));
        apply("""
                unclassified:
                  approvalGate:
                    environments:
                      - name: "new"
                        approvers: [{user: "bob"}]
                """);
        assertThat(settings().environments()).extracting(Environment::name).containsExactly("new");
    }

    private static String environmentWith(String line) {
        return """
                unclassified:
                  approvalGate:
                    environments:
                      - name: "x"
                        approvers: [{user: "alice"}]
                        LINE
                """.replace("LINE", line);
    }

    private static String environmentApprovedBy(String approvers) {
        return environmentWith("description: 'x'").replace("[{user: \"alice\"}]", approvers);
    }

    /** From the YAML to what has to be said of it. */
    private static Map<String, List<String>> refused() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put(environmentWith("timeout: '3y'"), List.of("environment \"x\"", "timeout", "\"y\" is not a unit of time"));
        table.put(environmentWith("sla: 'soon'"), List.of("environment \"x\"", "sla", "is not a time span"));
        table.put(environmentWith("order: 'random'"), List.of("environment \"x\"", "random"));
        table.put(environmentWith("minimumApprovals: 'two'"), List.of("minimumApprovals"));
        table.put(environmentWith("minimumApprovals: 0"), List.of("environment \"x\"", "minimum"));
        table.put(environmentWith("timeouts: '3d'"), List.of("timeouts"));
        table.put(environmentWith("checklist: ['a', 'a']"), List.of("environment \"x\"", "checklist"));
        table.put(environmentApprovedBy("[]"), List.of("environment \"x\"", "approver"));
        table.put(environmentApprovedBy("[{user: 'a', group: 'b'}]"), List.of("environment \"x\"", "either user or group"));
        table.put(environmentApprovedBy("[{user: 'a', required: 2}]"), List.of("required counts only for a group"));
        table.put(environmentApprovedBy("[{users: 'a'}]"), List.of("users"));
        table.put(environmentWith("description: 'x'") + "      - {name: 'x', approvers: [{user: 'bob'}]}\n",
                List.of("environments[1].name", "there is already an environment \"x\""));
        table.put("""
                unclassified:
                  approvalGate:
                    approverGroups: [{name: 'g', members: ['a']}, {name: 'g', members: ['b']}]
                """, List.of("approverGroups[1].name", "there is already a group \"g\""));
        table.put("""
                unclassified:
                  approvalGate:
                    approverGroups: [{name: 'g'}]
                """, List.of("g"));
        return table;
    }

    @Test
    public void whatCannotBeMeant_isRefusedByNameAndChangesNothing() throws Exception {
        configure(environment("kept", "any", user("alice")));
        Settings before = settings();
        for (Map.Entry<String, List<String>> row : refused().entrySet()) {
            Throwable problem = catchThrowable(() -> apply(row.getKey()));
            assertThat(problem).as(row.getKey()).isNotNull();
            String told = Stream.iterate(problem, t -> t != null, Throwable::getCause)
                    .map(String::valueOf)
                    .collect(Collectors.joining("\n"));
            assertThat(told).as(row.getKey()).contains(row.getValue());
            assertThat(settings()).as(row.getKey()).isEqualTo(before);
        }
    }
}
