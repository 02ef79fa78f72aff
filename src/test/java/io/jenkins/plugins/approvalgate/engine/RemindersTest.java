package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Reminders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

/** What time does to a gate that people let wait. The answer is expected within four hours. */
public class RemindersTest {

    private static final Notifications LOUD = new Notifications(
            Optional.of(List.of(Duration.ofHours(2), Duration.ofMinutes(30))),
            List.of("ops@example.com"),
            Duration.ofHours(1),
            Map.of());

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of(""),
            Given.environment("usual", "unanimous: alice, bob"),
            Given.environment("loud", "unanimous: alice, bob", LOUD));

    private Gate ask(String environment) throws Exception {
        disk.keeper.start();
        return disk.request(environment, 1);
    }

    /** When what happened beside the request, after how many minutes: {@code reminded 180}. */
    private List<String> told(Gate gate) throws Refusal {
        List<String> told = new ArrayList<>();
        disk.gate(gate.id()).history().stream().skip(1).map(recorded -> recorded.event()).forEach(event -> {
            Instant due = event instanceof GateEvent.Reminded reminded ? reminded.due() : event.at();
            told.add(event.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + Duration.between(Given.START, due).toMinutes());
        });
        return told;
    }

    private void awaitTold(Gate gate, String... lines) {
        await().untilAsserted(() -> assertThat(told(gate)).containsExactly(lines));
    }

    @Test
    public void usual_aQuarterBeforeAndAtTheDueTime() throws Exception {
        Gate gate = ask("usual");
        disk.passes(Duration.ofMinutes(179));
        disk.passes(Duration.ofMinutes(1));
        awaitTold(gate, "reminded 180");
        disk.passes(Duration.ofHours(1));
        awaitTold(gate, "reminded 180", "reminded 240");
        disk.passes(Duration.ofDays(10));
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        awaitTold(gate, "reminded 180", "reminded 240", "approved 14640");
    }

    @Test
    public void configured_eachOnceAndOthersAfterwards() throws Exception {
        Gate gate = ask("loud");
        for (int i = 0; i < 10; i++) {
            disk.passes(Duration.ofMinutes(30));
            await().until(() -> Reminders.due(disk.gate(gate.id()), LOUD, disk.keeper.now()).isEmpty());
        }
        awaitTold(gate, "reminded 120", "reminded 210", "reminded 240", "escalated 300");
        assertThat(disk.gate(gate.id()).history().get(4).event())
                .isEqualTo(new GateEvent.Escalated(Given.START.plus(Duration.ofHours(5)), List.of("ops@example.com")));
    }

    @Test
    public void restart_remindsNobodyTwiceAndMakesUpOnceForWhatFellInBetween() throws Exception {
        Gate gate = ask("loud");
        disk.passes(Duration.ofMinutes(120));
        awaitTold(gate, "reminded 120");
        disk.restart();
        disk.crash();
        disk.clock.advance(Duration.ofHours(12));
        disk.openAndStart();
        awaitTold(gate, "reminded 120", "reminded 240", "escalated 840");
        disk.restart();
        disk.crash();
        disk.openAndStart();
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        awaitTold(gate, "reminded 120", "reminded 240", "escalated 840", "approved 840");
    }

    @Test
    public void nobodyIsRemindedOfAGateThatMissesNoApproval() throws Exception {
        Gate gate = ask("loud");
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        Instant later = Given.START.plus(Duration.ofDays(1));
        disk.keeper.submit(gate.id(), Given.defer("bob", later));
        disk.passes(Duration.ofHours(23));
        disk.keeper.submit(gate.id(), Given.withdraw("bob"));
        awaitTold(gate, "approved 0", "deferred 0", "withdrawn 1380", "reminded 240", "escalated 1380");
    }

    @Test
    public void settings_areThoseOfToday() throws Exception {
        Gate gate = ask("loud");
        Environment silent = Given.environment(
                "loud", "unanimous: zoe", new Notifications(Optional.of(List.of()), List.of(), Duration.ZERO, Map.of()));
        disk.host.environments.set(1, silent);
        disk.passes(Duration.ofHours(5));
        awaitTold(gate, "reminded 240");
    }

    @Test
    public void deferral_opensByTheClockAloneAlsoOverARestart() throws Exception {
        Gate gate = ask("usual");
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        disk.keeper.submit(gate.id(), Given.defer("bob", Given.START.plus(Duration.ofHours(1))));
        disk.restart();
        disk.passes(Duration.ofMinutes(59));
        assertThat(disk.stateOf(gate.id())).isEqualTo("OPEN");
        disk.passes(Duration.ofMinutes(1));
        disk.awaitOutcome(gate.id(), Outcome.APPROVED);
        assertThat(disk.gate(gate.id()).closed().get().at()).isEqualTo(Given.START.plus(Duration.ofHours(1)));
    }

    @Test
    public void deferral_thatTakesEffectWhileTheGateIsLookedAtOpensItAllTheSame() throws Exception {
        Gate gate = ask("usual");
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        disk.keeper.submit(gate.id(), Given.defer("bob", Given.START.plus(Duration.ofHours(1))));
        disk.clock.advance(Duration.ofMinutes(59));
        // The settings are read in the middle of the first look, between what is due and when to look again.
        disk.host.onSettings = () -> {
            disk.host.onSettings = () -> {};
            disk.clock.advance(Duration.ofMinutes(1));
        };
        disk.restart();
        disk.awaitOutcome(gate.id(), Outcome.APPROVED);
    }

    @Test
    public void times_areWhereTheSettingsPutThemWhateverTheyAre() throws Exception {
        Gate gate = disk.request("usual", 1);
        Notifications early = new Notifications(
                Optional.of(List.of(Duration.ofHours(4), Duration.ofHours(9))), List.of(), Duration.ZERO, Map.of());
        assertThat(Reminders.next(gate, early, Given.START)).contains(Given.START.plus(Duration.ofHours(4)));
        assertThat(Reminders.due(gate, early, Given.START)).isEmpty();
    }
}
