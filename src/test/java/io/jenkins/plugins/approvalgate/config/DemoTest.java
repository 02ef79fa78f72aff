package io.jenkins.plugins.approvalgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/** What {@code bin/run --jenkins} configures, read while a Jenkins of its own starts: nothing of ours is loaded then. */
public class DemoTest {

    @Rule
    public final RealJenkinsRule jenkins = new RealJenkinsRule()
            .javaOptions("-Dcasc.jenkins.config=" + Path.of("examples/jenkins.yaml").toAbsolutePath() + ","
                    + Path.of("examples/demo/accounts.yaml").toAbsolutePath());

    @Test
    public void demo_hasTheFourGatesAndItsAccountsMayWhatTheyShould() throws Throwable {
        jenkins.then(DemoTest::look);
    }

    private static void look(JenkinsRule r) {
        assertThat(Jenkinses.configuration().settings().environments())
                .extracting(Environment::name)
                .containsExactly("registry-promotion", "test-deployment", "qa-signoff", "production-deployment");
        assertThat(may("gate-admin", ApprovalPermissions.CONFIGURE)).isTrue();
        assertThat(may("gate-admin", Jenkins.ADMINISTER)).isFalse();
        assertThat(may("auditor", ApprovalPermissions.VIEW_AUDIT)).isTrue();
        assertThat(may("developer-1", Item.BUILD)).isTrue();
        assertThat(may("developer-1", ApprovalPermissions.CONFIGURE)).isFalse();
        assertThat(may("outsider", Jenkins.READ)).isTrue();
        assertThat(may("outsider", Item.READ)).isFalse();
    }

    private static boolean may(String user, Permission permission) {
        return Jenkins.get().getACL().hasPermission2(User.getById(user, true).impersonate2(), permission);
    }
}
