package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.FakeHost;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gates that the example pipeline never asks for: those of builds with other stages, parameters and links. */
final class MoreGates {

    /** Runs of the preview begin at 1. */
    private static final int BUILD = 900;

    private MoreGates() {}

    /** A build's wish to pass {@code environment}; the host of Jenkins makes the same of a step's arguments. */
    static GateRequest request(
            String environment, String stage, String message, Map<String, String> metrics, List<Link> links,
            List<InputField> inputs) {
        return new GateRequest(
                "key", environment, Pipeline.NAME, BUILD, Pipeline.NAME + "/" + BUILD + "/", Optional.of(stage),
                Origin.branch("develop"), "developer-1", Set.of("developer-1"), message, metrics, links, inputs);
    }

    /**
     * Has {@code request} asked while the preview is down, and starts it again.
     *
     * @param policy of the gate, as {@link Given#policy} reads it
     * @return the gate's id
     */
    static String ask(PreviewRule preview, String policy, GateRequest request) throws Exception {
        return ask(preview, Given.environment(request.environment(), policy), request);
    }

    static String ask(PreviewRule preview, Environment environment, GateRequest request) throws Exception {
        preview.stop();
        try (GateKeeper keeper =
                GateKeeper.open(preview.home(), new FakeHost(Town.of(""), environment), PreviewRule.CLOCK)) {
            keeper.start();
            return keeper.request(request).id();
        } finally {
            preview.start(PreviewRule.CLOCK);
        }
    }
}
