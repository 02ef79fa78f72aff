package io.jenkins.plugins.approvalgate.engine.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.FakeSurroundings;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class SecretMaskTest {

    private final SecretMask mask = new SecretMask("key".getBytes());

    private static String shown(JsonNode value) {
        return FlowText.of(value);
    }

    @Test
    public void address_showsWhereItLeadsAndNoMore() {
        Map.of(
                        "https://checks.example.org/api/v2/${job}", "https://checks.example.org/api/v2/${job}",
                        "https://u:p@checks.example.org:8443/a", "https://****@checks.example.org:8443/a",
                        "https://h/hook?token=abc&branch=${branch}&flag=", "https://h/hook?token=****&branch=${branch}&flag=",
                        "https://h?abcdef", "https://h?****",
                        "https://hooks.slack.example/services/T0/B0/abcdefghijklmnopqrstuvwx",
                        "https://hooks.slack.example/services/T0/B0/****",
                        "https://h/a;jsessionid=1/b#frag", "https://h/a;****/b#****",
                        "webcal://h/private-0123456789abcdef/basic.ics", "webcal://h/****/basic.ics",
                        "no address: secret", "****")
                .forEach((address, expected) -> assertThat(shown(mask.address(address))).isEqualTo(expected));
    }

    @Test
    public void database_showsItsHostAndName() {
        Map.of(
                        "jdbc:postgresql://db.example.org:5432/audit-of-all-controllers", "jdbc:postgresql://db.example.org:5432/audit-of-all-controllers",
                        "jdbc:postgresql://u:p@db/audit?sslkey=x&ssl=true", "jdbc:postgresql://****@db/audit?sslkey=****&ssl=****",
                        "jdbc:postgresql:audit?user=a", "jdbc:postgresql:audit?user=****",
                        "jdbc:postgresql://db/a@b", "jdbc:****")
                .forEach((address, expected) -> assertThat(shown(mask.database(address))).isEqualTo(expected));
    }

    @Test
    public void marks_tellSecretsApartAndDependOnTheKey() {
        assertThat(mask.hidden("one")).isEqualTo(mask.hidden("one")).isNotEqualTo(mask.hidden("two"));
        assertThat(mask.hidden("one")).isNotEqualTo(new SecretMask("other".getBytes()).hidden("one"));
    }

    @Test
    public void kinds_areAllOfOurs() {
        assertThat(CheckTypes.of(new FakeSurroundings(), List.of()).kinds()).containsExactlyInAnyOrderElementsOf(CheckDescription.OURS);
    }
}
