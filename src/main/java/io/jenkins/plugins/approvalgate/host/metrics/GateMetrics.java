package io.jenkins.plugins.approvalgate.host.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import com.codahale.metrics.Timer;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Answered;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.GateListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import jenkins.metrics.api.MetricProvider;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Registers {@code approvalGate.gates.open}, {@code approvalGate.gates.overdue} and the timer {@code approvalGate.decisions}:
 * from the request to the decision, of the gates that people decided since this start.
 */
@OptionalExtension(requirePlugins = "metrics")
public final class GateMetrics extends MetricProvider implements GateListener {

    private final OpenGates gates = new OpenGates();
    private final Timer decisions = new Timer();
    /** Whether the gates that were open at the start are counted; guarded by this. */
    private boolean begun;

    @Override
    public MetricSet getMetricSet() {
        return metrics(Map.<String, Metric>of(
                "approvalGate.gates.open", gauge(keeper -> gates.open()),
                "approvalGate.gates.overdue", gauge(keeper -> gates.overdue(keeper.now())),
                "approvalGate.decisions", decisions));
    }

    /** Nothing but zero is open where there is no engine. */
    private Gauge<Integer> gauge(ToIntFunction<GateKeeper> count) {
        return () -> ApprovalGates.get().keeper().map(keeper -> {
            begin(keeper);
            return count.applyAsInt(keeper);
        }).orElse(0);
    }

    /** Once after a start. One that ends meanwhile is looked up behind its listener's back, and so is never left over. */
    private synchronized void begin(GateKeeper keeper) {
        if (!begun) {
            begun = true;
            keeper.open().forEach(gate -> keeper.inMemory(gate.id()).ifPresent(gates::put));
        }
    }

    @Override
    public synchronized void onChanged(Gate gate, List<GateEvent> news) {
        gates.put(gate);
        if (news.stream().anyMatch(GateEvent.Closed.class::isInstance) && Answered.decided(gate)) {
            Optional<Instant> answered = Answered.at(gate);
            answered.ifPresent(at -> decisions.update(Duration.between(gate.requested().at(), at)));
        }
    }
}
