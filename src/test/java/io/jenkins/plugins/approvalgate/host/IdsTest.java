package io.jenkins.plugins.approvalgate.host;

import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.groupOf;
import static io.jenkins.plugins.approvalgate.Jenkinses.group;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.now;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.ApproverGroupItem;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.List;
import java.util.Optional;
import jenkins.model.IdStrategy;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Who is who, where ids look alike, or an account is made again. */
public class IdsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    /** A realm that knows everybody, and of which it is said how ids compare. */
    private static final class Realm extends AbstractPasswordBasedSecurityRealm {
        private final IdStrategy strategy;

        Realm(IdStrategy strategy) {
            this.strategy = strategy;
        }

        @Override
        public IdStrategy getUserIdStrategy() {
            return strategy;
        }

        @Override
        protected UserDetails authenticate2(String username, String password) {
            return loadUserByUsername2(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            return new org.springframework.security.core.userdetails.User(
                    username, "", List.of(SecurityRealm.AUTHENTICATED_AUTHORITY2));
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers) {
            throw new UsernameNotFoundException(groupname);
        }
    }

    @Before
    public void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(
                environment("staging", "any", user("Alice"), user("bob")),
                environment("production", "unanimous", user("alice"), user("bob")),
                environment("team", "unanimous", group("own", 2)));
        configure(groupOf("own", "alice", "bob", "carol"));
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
        Jenkinses.configuration().setApproverGroups(List.<ApproverGroupItem>of());
    }

    private static void assertRefused(Gate gate, String who, String why) {
        assertThatThrownBy(() -> approve(gate, who)).as(who).hasMessageContaining(why);
    }

    private static Gate asked(String environment, String by) throws Exception {
        start(pipeline(jenkins.jenkins, "deploy-" + environment, "approvalGate('" + environment + "')"), by);
        return openGate();
    }

    @Test
    public void whereCaseCounts_theOtherSpellingIsSomebodyElse() throws Exception {
        jenkins.jenkins.setSecurityRealm(new Realm(new IdStrategy.CaseSensitive()));
        Gate gate = asked("staging", "alice");
        assertRefused(gate, "alice", "not among the approvers");
        assertRefused(gate, "ALICE", "not among the approvers");
        assertThat(approve(gate, "Alice").isOpen()).isFalse();
    }

    @Test
    public void whereCaseDoesNotCount_noSpellingHelps() throws Exception {
        jenkins.jenkins.setSecurityRealm(new Realm(IdStrategy.CASE_INSENSITIVE));
        Gate gate = asked("team", "carol");
        for (String spelling : List.of("carol", "CAROL", "cArOl")) {
            assertRefused(gate, spelling, "second pair of eyes");
        }
        approve(gate, "alice");
        for (String spelling : List.of("Alice", "ALICE", "alicE")) {
            assertThatThrownBy(() -> approve(gate, spelling)).as(spelling).hasMessageContaining("already");
        }
        assertThat(now(gate).isOpen()).isTrue();
        assertThat(approve(gate, "BOB").isOpen()).isFalse();
    }

    @Test
    public void idsThatOnlyLookAlike_areOthers() throws Exception {
        assertThat(IdStrategy.CASE_INSENSITIVE.equals("alice", "al\u0131ce")).as("that is why we ask for more").isTrue();
        for (IdStrategy strategy : List.of(IdStrategy.CASE_INSENSITIVE, new IdStrategy.CaseSensitive())) {
            jenkins.jenkins.setSecurityRealm(new Realm(strategy));
            Gate gate = asked("production", "developer");
            for (String lookalike : List.of("\u0430lice", "al\u0131ce", "al\u0130ce", "\uff41\uff4c\uff49\uff43\uff45", "alice ", " alice", "alice\u200b", "a\u0301lice")) {
                assertRefused(gate, lookalike, "not among the approvers");
            }
            assertThat(now(gate).approvals()).isEmpty();
            Jenkinses.clear(jenkins.jenkins);
        }
    }

    @Test
    public void accountMadeAgain_isStillWhoStartedTheBuild_andHasStillApproved() throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        jenkins.jenkins.setSecurityRealm(realm);
        for (String id : List.of("developer", "alice", "bob", "carol")) {
            realm.createAccount(id, "password");
        }
        Gate gate = asked("team", "carol");
        approve(gate, "alice");
        for (String id : List.of("alice", "carol")) {
            User.getById(id, false).delete();
            assertThat(realm.getUser(id)).isNull();
        }
        assertThat(now(gate).approvals()).extracting(Approval::approver).as("what stands in the journal stands").containsExactly("alice");
        for (String id : List.of("alice", "carol")) {
            realm.createAccount(id, "another");
        }
        assertRefused(gate, "carol", "second pair of eyes");
        assertRefused(gate, "alice", "already");
        keeper().submit(gate.id(), new Command.Withdraw("alice", "not me"));
        assertThat(now(gate).approvals()).isEmpty();
    }

    @Test
    public void placeCannotBeGivenToAnAccountThatIsGone() throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        jenkins.jenkins.setSecurityRealm(realm);
        for (String id : List.of("developer", "alice", "bob", "dora")) {
            realm.createAccount(id, "password");
        }
        Gate gate = asked("production", "developer");
        User.getById("dora", false).delete();
        for (String to : List.of("dora", "nobody", "ALICE", "developer", "DEVELOPER", "bob")) {
            assertThatThrownBy(() -> keeper().reassign(gate.id(), new Command.Reassign("alice", Optional.empty(), to, "on holiday")))
                    .as(to)
                    .isInstanceOf(Exception.class);
        }
        assertThat(now(gate).history()).hasSize(1);
    }
}
