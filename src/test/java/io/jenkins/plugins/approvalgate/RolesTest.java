package io.jenkins.plugins.approvalgate;

import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.Permission;
import io.jenkins.plugins.approvalgate.config.AdministratorItem;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Walks the table of the document on a real Jenkins with the matrix of permissions: a row at a time, each cell by a request of
 * its own, about a gate of its own.
 */
@RunWith(Parameterized.class)
public class RolesTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    /** By role, as the document has it: whom it is played by. */
    private static final Map<String, String> PEOPLE = new LinkedHashMap<>();

    private static RolesTable table;
    private static int builds;

    private final RolesTable.Row row;

    public RolesTest(RolesTable.Row row) {
        this.row = row;
    }

    @Parameterized.Parameters(name = "{0}")
    public static List<RolesTable.Row> rows() throws IOException {
        return RolesTable.read().rows();
    }

    @BeforeClass
    public static void everyRoleHasItsPermissionsAndNoMore() throws Exception {
        table = RolesTable.read();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        GlobalMatrixAuthorizationStrategy matrix = new GlobalMatrixAuthorizationStrategy();
        play(matrix, "anonymous", "anonymous");
        play(matrix, "outsider", "outsider", Jenkins.READ);
        play(matrix, "reader of the job", "reader", Jenkins.READ, Item.READ);
        play(matrix, "approver", "approver", Jenkins.READ, Item.READ);
        play(matrix, "administrator of the environment", "owner", Jenkins.READ);
        play(matrix, "ConfigureEnvironments", "configurer", Jenkins.READ, ApprovalPermissions.CONFIGURE);
        play(matrix, "Bypass", "bypasser", Jenkins.READ, Item.READ, ApprovalPermissions.BYPASS);
        play(matrix, "ViewAudit", "auditor", Jenkins.READ, ApprovalPermissions.VIEW_AUDIT);
        play(matrix, "Overall/Administer", "admin", Jenkins.ADMINISTER);
        jenkins.jenkins.setAuthorizationStrategy(matrix);
        pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')");
        settle();
    }

    private static void play(GlobalMatrixAuthorizationStrategy matrix, String role, String person, Permission... permissions) {
        PEOPLE.put(role, person);
        for (Permission permission : permissions) {
            matrix.add(permission, new PermissionEntry(AuthorizationType.USER, person));
        }
    }

    /** As it is before each request: some of them change it. */
    private static void settle() {
        EnvironmentItem staging = environment("staging", "unanimous", user("approver"), user("somebody-else"));
        AdministratorItem owner = new AdministratorItem();
        owner.setUser("owner");
        staging.setAdministrators(List.of(owner));
        configuration().setApproverGroups(List.of());
        configure(staging);
    }

    @Test
    public void row_isAnsweredAsTheDocumentSays() throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (String role : table.roles()) {
            settle();
            answers.add(answer(PEOPLE.get(role), gate()));
        }
        assertThat(answers).as("%s for %s", row, table.roles()).isEqualTo(row.answers());
    }

    /** A gate that waits, so that nobody finds it already decided by the one before. */
    private String gate() throws Exception {
        if (!row.address().contains("{gate}")) {
            return "";
        }
        Gate gate = keeper().request(Given.request("staging", "deploy", ++builds, Set.of("starter")));
        if (row.address().endsWith("/withdraw")) {
            keeper().submit(gate.id(), Given.approve("approver"));
        }
        return gate.id();
    }

    private int answer(String person, String gate) throws Exception {
        String address = row.address().replace("{gate}", gate).replace("{name}", "staging");
        if (row.method().equals("CLI")) {
            String[] words = address.split(" ");
            return new CLICommandInvoker(jenkins, words[0])
                    .asUser(person)
                    .invokeWithArgs(Stream.of(words).skip(1).toArray(String[]::new))
                    .returnCode();
        }
        Calls calls = Calls.by(jenkins, person);
        if (row.method().equals("GET")) {
            return calls.get(address).statusCode();
        }
        if (address.endsWith("/submit")) {
            return shown(calls.send("POST", address, "application/x-www-form-urlencoded",
                            "json=" + URLEncoder.encode(address.startsWith("manage/") ? "{}" : ownForm(), StandardCharsets.UTF_8))
                    .statusCode());
        }
        return calls.post(address, body(address, gate)).statusCode();
    }

    /** A form that was taken leads on to another page. */
    private static int shown(int status) {
        return status == 302 ? 200 : status;
    }

    /** What an environment's own page sends. */
    private static String ownForm() throws Exception {
        String revision = jenkins.createWebClient().login("owner").goTo("approval-environments/staging/")
                .getFormByName("config").getInputByName("revision").getValue();
        return "{\"revision\": \"" + revision + "\", \"order\": \"unanimous\", \"approvers\": [{\"kind\": \"user\", \"name\": \"approver\"}]}";
    }

    private static String body(String address, String gate) {
        String last = address.substring(address.lastIndexOf('/') + 1);
        return switch (last) {
            case "approve" -> address.endsWith("gates/approve") ? "{\"ids\": [\"none\"]}" : "{}";
            case "reject" -> address.endsWith("gates/reject") ? "{\"ids\": [\"none\"], \"comment\": \"no\"}" : "{\"comment\": \"no\"}";
            case "defer" -> "{\"until\": \"" + keeper().now().plusSeconds(3_600) + "\"}";
            case "reassign" -> "{\"to\": \"reader\", \"comment\": \"on holiday\"}";
            case "bypass" -> "{\"reason\": \"it burns\"}";
            case "explain" -> "{\"job\": \"deploy\", \"branch\": \"main\", \"user\": \"approver\"}";
            default -> "{}";
        };
    }
}
