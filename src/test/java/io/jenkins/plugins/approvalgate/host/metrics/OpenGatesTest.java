package io.jenkins.plugins.approvalgate.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;

public class OpenGatesTest {

    private static Gate gate(int number, Instant at) {
        return Gate.open("gate-" + number, new Recorded(number + 1, GateEvent.Requested.of(
                Given.request("production", number + 1), Given.environment("production", "any: alice"), at)));
    }

    private static Gate closed(Gate gate, Instant at) {
        return gate.apply(new Recorded(100_000, new GateEvent.Closed(at, Optional.empty(), Outcome.CANCELLED, "Gone.")));
    }

    /** Against counting all of them, in games of coming, going, being told twice, and time that passes. */
    @Test
    public void counts_areThoseOfCountingAll() {
        for (long seed = 0; seed < 200; seed++) {
            Random dice = new Random(seed);
            OpenGates counted = new OpenGates();
            Map<Integer, Gate> open = new HashMap<>();
            Instant now = Given.START;
            for (int move = 0; move < 200; move++) {
                now = now.plus(Duration.ofMinutes(dice.nextInt(20)));
                List<Integer> numbers = new ArrayList<>(open.keySet());
                if (numbers.isEmpty() || dice.nextInt(3) > 0) {
                    Gate gate = gate(move, now);
                    open.put(move, gate);
                    counted.put(gate);
                } else {
                    int number = numbers.get(dice.nextInt(numbers.size()));
                    Gate gate = open.get(number);
                    counted.put(gate);
                    if (dice.nextBoolean()) {
                        open.remove(number);
                        counted.put(closed(gate, now));
                    }
                }
                Instant at = now;
                assertThat(counted.open()).as("seed %s", seed).isEqualTo(open.size());
                if (dice.nextBoolean()) {
                    assertThat(counted.overdue(now)).as("seed %s", seed).isEqualTo((int) open.values().stream()
                            .filter(gate -> gate.requested().slaDue().filter(at::isAfter).isPresent())
                            .count());
                }
            }
        }
    }
}
