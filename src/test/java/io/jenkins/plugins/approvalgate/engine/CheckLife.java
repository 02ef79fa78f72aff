package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.check.CheckPool;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;

/** A keeper whose checks say what a test tells them. */
public abstract class CheckLife {

    static final Instant NINE = Given.START.plus(Duration.ofDays(1));
    static final CheckResult PASS = CheckResult.pass("Fine.");
    static final CheckResult FAIL = CheckResult.fail("Not fine.");

    @Rule
    public final QuietLog checks = new QuietLog(Checks.class);

    @Rule
    public final QuietLog pool = new QuietLog(CheckPool.class);

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(Town.of(""));

    final Puppets puppets = disk.host.puppets;
    /** Lets whoever hangs go at the end. */
    final CountDownLatch over = new CountDownLatch(1);
    /** How many builds have asked. */
    int builds;

    @Before
    public void begin() {
        disk.keeper.start();
    }

    @After
    public void end() {
        over.countDown();
    }

    String ask(CheckSpec... specs) throws Exception {
        return ask(Given.TIMEOUT, specs);
    }

    String ask(Duration timeout, CheckSpec... specs) throws Exception {
        String name = "environment-" + ++builds;
        disk.host.environments.add(
                Given.environment(name, "any: alice, bob", timeout, List.of(specs), Optional.empty()));
        return disk.request(name, builds).id();
    }

    void approve(String id) throws Refusal {
        disk.keeper.submit(id, Given.approve("alice"));
    }

    CheckResult says(String id) throws Refusal {
        return disk.keeper.conditions(disk.gate(id)).checks().get(0);
    }

    void awaitReason(String id, String reason) {
        await().untilAsserted(() -> assertThat(says(id).reason()).isEqualTo(reason));
    }

    List<String> recorded(String id) throws Refusal {
        return disk.gate(id).history().stream()
                .filter(line -> line.event() instanceof GateEvent.CheckEvaluated)
                .map(line -> ((GateEvent.CheckEvaluated) line.event()).result())
                .map(result -> result.verdict() + " " + result.reason())
                .toList();
    }

    static Puppets.Voice from(Instant opening) {
        return (subject, now, callbacks) -> now.isBefore(opening)
                ? CheckResult.waiting("Opens at nine.").until(opening)
                : PASS;
    }

    /** Does not come back before the end of the test, however often it is interrupted. */
    CheckResult hang() {
        while (true) {
            try {
                over.await();
                return PASS;
            } catch (InterruptedException ignored) {
                // that is the point
            }
        }
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
