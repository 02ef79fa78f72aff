package io.jenkins.plugins.approvalgate.pages;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGates;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.ApprovalCheck;
import io.jenkins.plugins.approvalgate.config.ApprovalCheckDescriptor;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.config.SpecBuilder;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.CheckTypeExtension;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** The number in Jenkins' header, which is on every page for everybody. */
public class HeaderBadgeTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final AtomicInteger EVALUATIONS = new AtomicInteger();

    /** A check that counts how often it is asked. */
    public static final class Counting extends ApprovalCheck {
        @Override
        public CheckSpec toSpec() {
            return SpecBuilder.of("counting").build();
        }

        @TestExtension
        public static final class DescriptorImpl extends ApprovalCheckDescriptor implements CheckTypeExtension {
            public DescriptorImpl() {
                super(SpecBuilder.of("counting").build());
            }

            @Override
            public String getDisplayName() {
                return "Counting";
            }

            @Override
            public String kind() {
                return "counting";
            }

            @Override
            public Check create(Options options) {
                return new Counted();
            }
        }
    }

    private record Counted() implements Check.OfTime {
        @Override
        public String summary() {
            return "counts";
        }

        @Override
        public CheckResult evaluate(Subject subject, Instant now) {
            EVALUATIONS.incrementAndGet();
            return CheckResult.waiting("It waits for ever.");
        }
    }

    @BeforeClass
    public static void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        EnvironmentItem checked = environment("checked", "any", user("alice"));
        checked.setChecks(List.of(new Counting()));
        configure(environment("staging", "any", user("alice"), user("carol")), checked);
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static void begin(String job, String environment) throws Exception {
        start(pipeline(jenkins.jenkins, job, "approvalGate('" + environment + "')"), "developer");
    }

    private static DomElement number(String person) throws Exception {
        HtmlPage front = jenkins.createWebClient().withJavaScriptEnabled(false).login(person).goTo("");
        return front.getElementById("approval-gate-badge");
    }

    private static DomElement link(DomElement number) {
        return (DomElement) number.getParentNode();
    }

    @Test
    public void header_showsTheNumberToWhoeverHasToDecide() throws Exception {
        begin("one", "staging");
        openGate();
        DomElement number = number("alice");
        assertThat(number.getTextContent()).isEqualTo("1");
        assertThat(number.hasAttribute("hidden")).isFalse();
        assertThat(number.getAttribute("aria-label")).isEqualTo("1 approval waits for you");
        assertThat(link(number).getAttribute("tooltip")).isEqualTo("1 approval waits for you");
        assertThat(link(number).getAttribute("href")).isEqualTo(jenkins.contextPath + "/approvals/");

        begin("two", "staging");
        openGates(2);
        assertThat(number("alice").getTextContent()).isEqualTo("2");
        assertThat(number("carol").getAttribute("aria-label")).isEqualTo("2 approvals wait for you");
    }

    @Test
    public void header_showsNothingToOthers() throws Exception {
        begin("one", "staging");
        openGate();
        for (String person : List.of("developer", "bob", "admin", "outsider")) {
            DomElement number = number(person);
            assertThat(number.hasAttribute("hidden")).as(person).isTrue();
            assertThat(number.getTextContent()).as(person).isEmpty();
            assertThat(link(number).getAttribute("tooltip")).as(person).isEqualTo("Approvals");
        }
        assertThat(Calls.by(jenkins, "anonymous").get("login").body()).doesNotContain("approval-gate-badge");
    }

    @Test
    public void header_hasTheWordsThatTheScriptNeeds() throws Exception {
        DomElement number = number("developer");
        assertThat(number.getAttribute("data-one")).isEqualTo("{0} approval waits for you");
        assertThat(number.getAttribute("data-other")).isEqualTo("{0} approvals wait for you");
        assertThat(number.getAttribute("data-root")).isEqualTo(jenkins.contextPath);
    }

    private static String badge(String person) {
        try (ACLContext as = ACL.as2(User.getById(person, true).impersonate2())) {
            ApprovalsRoot root = ExtensionList.lookupSingleton(ApprovalsRoot.class);
            return root.getBadge() == null ? "" : root.getBadge().getText();
        }
    }

    @Test
    public void counting_costsStrangersNoCheckAndOthersOneAChange() throws Exception {
        begin("one", "checked");
        begin("two", "checked");
        // Each gate records the first word of its check, and nothing after it.
        await().atMost(Jenkinses.PATIENCE)
                .until(() -> openGates(2).stream().allMatch(gate -> gate.history().size() == 2));
        int before = EVALUATIONS.get();
        for (String person : List.of("developer", "bob", "admin", "outsider")) {
            assertThat(badge(person)).as(person).isEmpty();
        }
        assertThat(EVALUATIONS).hasValue(before);

        assertThat(badge("alice")).isEqualTo("2");
        int once = EVALUATIONS.get();
        assertThat(once).isEqualTo(before + 2);
        for (int i = 0; i < 20; i++) {
            assertThat(badge("alice")).isEqualTo("2");
        }
        assertThat(EVALUATIONS).hasValue(once);
    }

    @Test
    public void counting_isRightAtOnceAfterAChange() throws Exception {
        begin("one", "staging");
        Gate gate = openGate();
        assertThat(badge("alice") + badge("carol")).isEqualTo("11");
        approve(gate, "carol");
        assertThat(badge("alice") + badge("carol")).isEmpty();
        begin("two", "staging");
        openGate();
        assertThat(badge("alice") + badge("carol")).isEqualTo("11");
    }
}
