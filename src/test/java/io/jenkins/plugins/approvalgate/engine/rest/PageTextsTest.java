package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.After;
import org.junit.Test;

public class PageTextsTest {

    private final Locale machine = Locale.getDefault();

    @After
    public void machineSpeaksItsOwnLanguage() {
        Locale.setDefault(machine);
    }

    private static JsonNode parsed(PageTexts texts) throws IOException {
        return Json.read(texts.json().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void languageWithoutTexts_isEnglish_whateverTheMachineSpeaks() throws IOException {
        Locale.setDefault(Locale.GERMANY);
        PageTexts texts = PageTexts.in(Locale.forLanguageTag("tlh"));
        assertThat(texts.locale()).isEqualTo("en");
        assertThat(parsed(texts).at("/locale").asText()).isEqualTo("en");
        assertThat(parsed(texts).at("/texts/row.stage").asText()).isEqualTo("Stage {0}");
        assertThat(texts).isSameAs(PageTexts.in(Locale.UK));
    }

    @Test
    public void textsOfJenkinsOwnPages_areNotSent() throws IOException {
        assertThat(parsed(PageTexts.in(Locale.ENGLISH)).get("texts").fieldNames())
                .toIterable()
                .isNotEmpty()
                .allMatch(key -> Character.isLowerCase(key.charAt(0)));
    }

    @Test
    public void readerOfGerman_isToldInGerman_alsoOneOfAustriaOrWithOtherWishesFirst() throws IOException {
        PageTexts german = PageTexts.in(Locale.GERMAN);
        assertThat(german.locale()).isEqualTo("de");
        assertThat(parsed(german).at("/texts/inbox.open").asText()).isEqualTo("Weitere offene Gates");
        assertThat(parsed(german).at("/texts/inbox.filter.overdue").asText()).isEqualTo("Nur überfällige");
        assertThat(PageTexts.in(Locale.forLanguageTag("de-AT"))).isSameAs(german);
        assertThat(PageTexts.in("tlh, de-CH;q=0.8, en;q=0.5")).isSameAs(german);
        assertThat(PageTexts.in("en, de;q=0.9").locale()).isEqualTo("en");
        assertThat(PageTexts.say(Locale.GERMANY, "badge.other", 3)).isEqualTo("3 Freigaben stehen für Sie an");
    }

    @Test
    public void whatIsOutsideOfAscii_arrivesAsItIs() throws IOException {
        assertThat(parsed(PageTexts.in(Locale.ENGLISH)).at("/texts/common.loading").asText()).isEqualTo("Loading…");
    }

    @Test
    public void acceptLanguage_isOnlyAWish() {
        for (String header : new String[] {"", "*", "en-GB,en;q=0.5", "tlh, x-klingon;q=0.8", "de;q=nonsense", ",;=", "\0"}) {
            assertThat(PageTexts.in(header).locale()).as(header).isEqualTo("en");
        }
    }
}
