package org.example.pager;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.GateListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;

/** Calls whoever is on duty when somebody bypasses a gate. The pager's address is the system property {@code pager.url}. */
@Extension
public final class BypassPager implements GateListener {

    private static final Logger LOGGER = Logger.getLogger(BypassPager.class.getName());

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @Override
    public void onChanged(Gate gate, List<GateEvent> news) {
        for (GateEvent event : news) {
            if (event instanceof GateEvent.Bypassed bypassed) {
                String text = gate.request().environment() + ", " + gate.request().buildName() + ": bypassed by "
                        + bypassed.by() + ", " + bypassed.reason();
                ApprovalGates.get().later(() -> page(text));
            }
        }
    }

    private void page(String text) {
        String url = SystemProperties.getString("pager.url");
        if (url == null) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        try {
            client.send(request, BodyHandlers.discarding());
        } catch (IOException unreachable) {
            LOGGER.log(Level.WARNING, "The pager was not reached: " + text, unreachable);
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
        }
    }
}
