package io.jenkins.plugins.approvalgate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.Test;

/** What an administrator or a pipeline may write, and what they are told where they may not. */
public class ValuesTest {

    private static final BiPredicate<String, String> SAME = String::equalsIgnoreCase;

    @Test
    public void timeSpan_readsWhatAdministratorsWrite() {
        Map<String, Duration> good = new LinkedHashMap<>();
        good.put("30s", Duration.ofSeconds(30));
        good.put("90m", Duration.ofMinutes(90));
        good.put("4h", Duration.ofHours(4));
        good.put("30d", Duration.ofDays(30));
        good.put("2w", Duration.ofDays(14));
        good.put(" 7 d ", Duration.ofDays(7));
        good.put("PT1H30M", Duration.ofMinutes(90));
        good.put("pt36h", Duration.ofHours(36));
        good.put("P1DT12H", Duration.ofHours(36));
        good.put("3653d", Duration.ofDays(3653));
        good.forEach((text, span) -> assertThat(TimeSpan.parse(text)).as(text).isEqualTo(span));
    }

    @Test
    public void timeSpan_saysWhatIsWrong() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("", "is not a time span");
        bad.put("soon", "is not a time span");
        bad.put("10", "is not a time span");
        bad.put("h", "is not a time span");
        bad.put("-4h", "is not a time span");
        bad.put("1.5h", "is not a time span");
        bad.put("1h30m", "is not a time span");
        bad.put("٣h", "is not a time span");
        bad.put("9999999999h", "is not a time span");
        bad.put("P1M", "is not a time span");
        bad.put("P", "is not a time span");
        bad.put("PT99999999999999999999H", "is not a time span");
        bad.put("4 hours", "\"hours\" is not a unit of time");
        bad.put("4H", "\"H\" is not a unit of time");
        bad.put("5x", "\"x\" is not a unit of time");
        bad.put("0m", "not longer than nothing");
        bad.put("PT0S", "not longer than nothing");
        bad.put("PT-1H", "not longer than nothing");
        bad.put("3654d", "longer than ten years");
        bad.put("999999999w", "longer than ten years");
        bad.forEach((text, why) -> assertThatIllegalArgumentException()
                .as(text)
                .isThrownBy(() -> TimeSpan.parse(text))
                .withMessageContaining(why));
    }

    @Test
    public void timeSpan_writesTheShortestFormThatReadsBack() {
        Map<Duration, String> forms = Map.of(
                Duration.ofSeconds(1), "1s",
                Duration.ofSeconds(90), "90s",
                Duration.ofMinutes(90), "90m",
                Duration.ofHours(4), "4h",
                Duration.ofHours(36), "36h",
                Duration.ofDays(14), "14d",
                Duration.ofMillis(1500), "PT1.5S");
        forms.forEach((span, text) -> {
            assertThat(TimeSpan.format(span)).isEqualTo(text);
            assertThat(TimeSpan.parse(text)).isEqualTo(span);
        });
    }

    @Test
    public void policy_refusesWhatCannotBeMeant() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("any 0: alice", "minimumApprovals is 0");
        bad.put("any -1: alice", "minimumApprovals is -1");
        bad.put("any: @team*2", "required counts only");
        bad.put("sequential 2: alice, bob", "minimumApprovals counts only with order any");
        bad.put("unanimous 3: alice, bob", "minimumApprovals counts only with order any");
        bad.put("any: alice, bob, alice", "twice");
        bad.put("unanimous: @team, @team*2", "twice");
        bad.put("majority: alice", "is not an order: use any, sequential or unanimous");
        bad.put("unanimous: @team*0", "at least 1");
        bad.put("any: @", "empty");
        bad.put("unanimous: @team*2000000000, @other*2000000000", "approvals");
        bad.put("any 2000000000: @team", "approvals");
        bad.forEach((text, why) -> assertThatIllegalArgumentException()
                .as(text)
                .isThrownBy(() -> Given.policy(text))
                .withMessageContaining(why));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovalPolicy(Order.ANY, 1, List.of(), false))
                .withMessageContaining("approvers is empty");
        assertThatIllegalArgumentException().isThrownBy(() -> Approver.user(" "));
    }

    @Test
    public void policy_aUserAndAGroupMayHaveTheSameName() {
        assertThat(Given.policy("unanimous: qa, @qa").approvalsNeeded()).isEqualTo(2);
    }

    @Test
    public void environment_refusesNamesThatCannotStandInAnAddress() {
        for (String bad : new String[] {
            "", " ", " prod", "prod ", "a/b", "a\\b", "a?b", "a#b", "a%b", "a;b", "a\nb", "a\u0000b", ".", "..", "x".repeat(101)
        }) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> Given.environment(bad, "any: alice"))
                    .withMessageContaining("name");
        }
        for (String good : List.of("production-deployment", "Über uns", "a.b", "x".repeat(100), "本番")) {
            assertThatCode(() -> Given.environment(good, "any: alice")).doesNotThrowAnyException();
        }
    }

    @Test
    public void environment_refusesTimesAndChecklistsThatCannotBeMeant() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Given.environment("prod", "any: alice", none))
                    .withMessageContaining("timeout");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> environment(Optional.of(none), List.of()))
                    .withMessageContaining("sla");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment(Optional.empty(), List.of("a", " ")))
                .withMessageContaining("empty line");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment(Optional.empty(), List.of("a", "b", "a")))
                .withMessageContaining("twice");
    }

    private static Environment environment(Optional<Duration> sla, List<String> checklist) {
        return new Environment("prod", "", Given.policy("any: alice"), Duration.ofDays(1), sla, "", checklist, List.of(), Optional.empty());
    }

    @Test
    public void approverGroup_needsSomebody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ApproverGroup("team", List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ApproverGroup("a/b", List.of("x"), List.of()));
    }

    @Test
    public void feasibility_saysWhatCanNeverOpen() {
        List<ApproverGroup> groups = List.of(
                new ApproverGroup("pair", List.of("carol", "dave"), List.of()),
                new ApproverGroup("solo", List.of("carol"), List.of()),
                new ApproverGroup("twins", List.of("dave", "DAVE"), List.of()),
                new ApproverGroup("wide", List.of("erin"), List.of("ldap-people")));
        Map<String, Integer> possible = new LinkedHashMap<>();
        possible.put("any: alice", 1);
        possible.put("any 2: alice", -1);
        possible.put("any 3: alice, @pair", 1);
        possible.put("any 4: alice, @pair", -1);
        possible.put("any 2: carol, @solo", -1);
        possible.put("any 9: @wide", 1);
        possible.put("any 9: @realm-group", 1);
        possible.put("unanimous: @pair*2", 1);
        possible.put("unanimous: @pair*3", -1);
        possible.put("unanimous: @twins*2", -1);
        possible.put("unanimous: @pair, @solo", 1);
        possible.put("unanimous: @pair*2, @solo", -1);
        possible.put("sequential: carol, @pair*2", -1);
        possible.put("sequential: carol, @pair", 1);
        possible.put("sequential: alice, ALICE", -1);
        possible.put("unanimous: @wide*5, @realm-group*7, alice", 1);
        possible.forEach((policy, sign) -> assertThat(Feasibility.whyNever(Given.policy(policy), groups, SAME).isEmpty())
                .as(policy)
                .isEqualTo(sign > 0));
        assertThat(Feasibility.whyNever(Given.policy("unanimous: @pair*3"), groups, SAME))
                .contains("it needs 3 approvals by different people, and its approvers are only 2");
    }

    @Test
    public void settings_nameEachProblemByItsPlace() {
        Settings settings = new Settings(
                List.of(
                        Given.environment("one", "any: alice"),
                        Given.environment("two", "any 2: alice"),
                        Given.environment("one", "any: bob")),
                List.of(
                        new ApproverGroup("team", List.of("x"), List.of()),
                        new ApproverGroup("team", List.of("y"), List.of())));
        assertThat(settings.problems(SAME))
                .extracting(Settings.Problem::path)
                .containsExactly("approverGroups[1].name", "environments[1].approvers", "environments[2].name");
        assertThat(Settings.EMPTY.problems(SAME)).isEmpty();
    }

    @Test
    public void link_onlyWhatABrowserSimplyOpens() {
        for (String good : List.of(
                "https://mlflow.example/run/1?x=y#z", "HTTP://example.org", "job/app/1/", "/job/app", "a%20b", "")) {
            assertThatCode(() -> new Link("x", good)).as(good).doesNotThrowAnyException();
        }
        for (String bad : List.of(
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "vbscript:x",
                " javascript:alert(1)",
                "java\nscript:alert(1)",
                "http://a b",
                "\u0001javascript:alert(1)")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> new Link("x", bad));
        }
    }

    @Test
    public void inputField_refusesWhatCouldNotBeAnswered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputField(" ", InputField.Kind.TEXT, List.of(), "", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputField("x", InputField.Kind.CHOICE, List.of(), "", ""));
    }

    @Test
    public void gateId_tellsItsTimeAndIsNeverRepeated() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = GateId.next(Given.START.plusMillis(i));
            assertThat(id).matches("[0-9a-hjkmnp-tv-z]{26}");
            assertThat(GateId.time(id)).contains(Given.START.plusMillis(i));
            ids.add(id);
        }
        assertThat(ids).hasSize(10_000);
        assertThat(GateId.next(Instant.EPOCH)).startsWith("0000000000");
    }

    @Test
    public void gateId_otherTextsHaveNoTime() {
        String good = GateId.next(Given.START);
        for (String bad : List.of("", "x", good.substring(1), good + "0", good.toUpperCase(), good.substring(1) + "u", "../../../../../etc/passwd0")) {
            assertThat(GateId.time(bad)).as(bad).isEmpty();
        }
    }

    @Test
    public void gateId_laterOnesSortBehindEarlierOnes() {
        assertThat(GateId.next(Given.START)).isLessThan(GateId.next(Given.START.plusMillis(1)));
    }
}
