package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.Administrator;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What an environment's own administrators may do to it. */
public class OwnChangeTest {

    private static final CheckSpec BRANCH = new CheckSpec("branchControl", Map.of("allowed", "main"));
    private static final CheckSpec REST = new CheckSpec("restCheck", Map.of("url", "https://a.example.org/"));
    private static final CheckSpec OPA = new CheckSpec("opaPolicy", Map.of("url", "https://b.example.org/", "path", "p"));
    private static final CheckSpec FREEZE =
            new CheckSpec("changeFreeze", Map.of("windows", List.of(Map.of("from", "2026-12-20", "to", "2027-01-04")), "timeZone", "UTC"));
    private static final CheckSpec CALENDAR = new CheckSpec("changeFreeze", Map.of("calendar", "https://c.example.org/f.ics"));
    private static final CheckSpec GONE = new CheckSpec("acme", Map.of("missing", true));

    private final CheckTypes types = CheckTypes.of(new FakeSurroundings(), List.of());

    private static Environment with(CheckSpec... checks) {
        return Given.environment("prod", "any: alice", List.of(checks), Optional.empty());
    }

    private Optional<String> refused(Environment before, Environment after) {
        return OwnChange.whyNot(types, before, after);
    }

    @Test
    public void asking_isByAddressOrCredentialOrUnknown() {
        assertThat(List.of(REST, OPA, CALENDAR, GONE)).allMatch(check -> OwnChange.asksOthers(types, check));
        assertThat(List.of(BRANCH, FREEZE)).noneMatch(check -> OwnChange.asksOthers(types, check));
        assertThat(OwnChange.asksOthers(
                        types, new CheckSpec("changeFreeze", Map.of("windows", List.of(), "credentials", "login"))))
                .isTrue();
    }

    @Test
    public void ownRules_mayBeChanged() {
        assertThat(refused(with(BRANCH, REST), with(REST, FREEZE))).isEmpty();
        assertThat(refused(with(), Given.environment("prod", "unanimous: bob, @ops*2", Duration.ofHours(1)))).isEmpty();
    }

    @Test
    public void askingChecks_mayStayOrGo() {
        assertThat(refused(with(REST, OPA, GONE), with(REST, OPA, GONE))).isEmpty();
        assertThat(refused(with(REST, OPA, GONE), with(OPA))).isEmpty();
        assertThat(refused(with(REST, REST), with(REST))).isEmpty();
    }

    @Test
    public void askingChecks_mayNotComeOrChange() {
        for (CheckSpec check : List.of(REST, OPA, CALENDAR, GONE)) {
            assertThat(refused(with(BRANCH), with(BRANCH, check)).orElseThrow())
                    .contains("checks[1]", check.kind(), "only be added or changed by those who may configure all");
        }
        assertThat(refused(with(REST), with(new CheckSpec("restCheck", Map.of("url", "https://evil.example.org/"))))).isPresent();
        assertThat(refused(with(REST), with(new CheckSpec("restCheck", Map.of("url", "https://a.example.org/", "credentials", "deploy-key"))))).isPresent();
        assertThat(refused(with(REST), with(REST, REST))).isPresent();
        assertThat(refused(with(FREEZE), with(CALENDAR))).isPresent();
    }

    @Test
    public void nameAndAdministrators_mayNotBeChanged() {
        Environment before = with(BRANCH);
        assertThat(refused(before, Given.environment("other", "any: alice"))).isPresent();
        Environment after = new Environment(
                before.name(), before.description(), before.policy(), before.timeout(), before.sla(), before.instructions(),
                before.checklist(), before.checks(), before.lock(), before.notifications(), List.of(Administrator.user("mallory")));
        assertThat(refused(before, after)).isPresent();
        assertThat(refused(after, before)).isPresent();
    }
}
