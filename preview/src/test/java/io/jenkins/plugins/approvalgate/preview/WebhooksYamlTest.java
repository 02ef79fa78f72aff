package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What can be written under {@code webhooks}, and what is said of the rest. */
public class WebhooksYamlTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private List<Webhook> read(String webhooks) throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "unclassified: {approvalGate: {environments: [{name: prod, approvers: [{user: a}]}], webhooks: "
                + webhooks + "}}");
        return SettingsYaml.read(file, String::equals).webhooks();
    }

    @Test
    public void none_isNone() throws Exception {
        assertThat(read("[]")).isEmpty();
    }

    @Test
    public void everything_isRead() throws Exception {
        assertThat(read("[{url: 'https://hooks.example.com/a?b=c', credentials: key, environments: [prod],"
                        + " events: [requested, closed], template: '{\"text\": \"^${summary}\", \"n\": ^${build}}',"
                        + " contentType: application/json}, {urlCredentials: address}]"))
                .containsExactly(
                        new Webhook(
                                Optional.of("https://hooks.example.com/a?b=c"),
                                Optional.empty(),
                                Optional.of("key"),
                                List.of("prod"),
                                List.of("requested", "closed"),
                                Optional.of("{\"text\": \"${summary}\", \"n\": ${build}}"),
                                Optional.of("application/json")),
                        new Webhook(
                                Optional.empty(), Optional.of("address"), Optional.empty(), List.of(), List.of(), Optional.empty(),
                                Optional.empty()));
    }

    @Test
    public void whatCannotBeMeant_isToldWithItsPlace() {
        Map<String, String> cases = Map.ofEntries(
                Map.entry("[{}]", "webhooks[0].url: give either url or urlCredentials"),
                Map.entry("[{url: 'https://a.example', urlCredentials: b}]", "webhooks[0].url: give either"),
                Map.entry("[{url: 'ftp://a.example'}]", "webhooks[0].url: has to begin with http:// or https://"),
                Map.entry("[{url: 'https://u:p@a.example'}]", "webhooks[0].url: has a user in it"),
                Map.entry("[{url: 'https://a.example/^${job}'}]", "webhooks[0].url: has a placeholder"),
                Map.entry("[{url: 'http://metadata.google.internal/x'}]", "webhooks[0].url: is where a cloud keeps"),
                Map.entry("[{url: 'https://a.example', events: [opened]}]", "webhooks[0].events: there is no event \"opened\"; there are requested"),
                Map.entry("[{url: 'https://a.example', events: [closed, closed]}]", "webhooks[0].events: names the same thing twice"),
                Map.entry("[{url: 'https://a.example', environments: [stage]}]", "webhooks[0].environments: there is no environment \"stage\""),
                Map.entry("[{url: 'https://a.example', contentType: text/plain}]", "webhooks[0].contentType: stands with a template only"),
                Map.entry("[{url: 'https://a.example', template: 'x ^${job}', contentType: text/plain}]", "webhooks[0].template: can have placeholders only"),
                Map.entry("[{url: 'https://a.example', template: '{\"a\": \"^${jobb}\"}'}]", "webhooks[0].template: there is no placeholder ${jobb}"),
                Map.entry("[{url: 'https://a.example', template: '{\"a\": ^${job}}'}]", "webhooks[0].template: ${job} has to stand in quotes"),
                Map.entry("[{url: 'https://a.example', template: '{\"a\"'}]", "webhooks[0].template: is not JSON"),
                Map.entry("[{url: 'https://a.example', template: 'x', contentType: 'a b'}]", "webhooks[0].contentType: \"a b\" is no type"),
                Map.entry("[{uri: 'https://a.example'}]", "webhooks[0].uri: is not known; expected one of url, urlCredentials"),
                Map.entry("[{url: 'https://a.example'}, {url: 'https://a.example'}]", "webhooks[1]: there is already a webhook"),
                Map.entry("{url: 'https://a.example'}", "webhooks: expected a list"));
        cases.forEach((yaml, message) -> assertThatThrownBy(() -> read(yaml))
                .as(yaml)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("unclassified.approvalGate." + message));
    }
}
