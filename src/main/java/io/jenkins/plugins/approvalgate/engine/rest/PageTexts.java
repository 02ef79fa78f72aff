package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words of the pages in one language, as the pages' scripts want them. English for whoever reads no language that there
 * is, and for the texts that a translation lacks, whatever the language of the machine may be.
 *
 * @param locale the language of the texts, as a language tag such as {@code en} or {@code pt-BR}
 * @param json <code>{"locale": "en", "texts": {"row.stage": "Stage {0}", …}}</code>, with patterns as
 *     {@link java.text.MessageFormat} has them; to be escaped by whoever puts it into a page
 */
public record PageTexts(String locale, String json) {

    private static final String BUNDLE = "io.jenkins.plugins.approvalgate.pages.PageMessages";

    private static final ResourceBundle.Control CONTROL =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** One for each language that there is, not for each that somebody asks for. */
    private static final Map<Locale, PageTexts> RENDERED = new ConcurrentHashMap<>();

    /** For Jelly, which does not know of records. */
    public String getLocale() {
        return locale;
    }

    /** The same. */
    public String getJson() {
        return json;
    }

    /** The texts for a reader of {@code wanted}. May be called from any thread. */
    public static PageTexts in(Locale wanted) {
        ResourceBundle bundle = bundle(wanted);
        return RENDERED.computeIfAbsent(bundle.getLocale(), found -> render(bundle));
    }

    /**
     * The texts for a reader of the first of these languages that there are texts in.
     *
     * @param acceptLanguage as the HTTP header has it; one that makes no sense, or an empty one, asks for nothing
     */
    public static PageTexts in(String acceptLanguage) {
        return in(languages(acceptLanguage).stream()
                .map(range -> Locale.forLanguageTag(range.getRange()))
                .filter(locale -> locale.getLanguage().equals("en") || !isEnglish(bundle(locale)))
                .findFirst()
                .orElse(Locale.ENGLISH));
    }

    /**
     * One text for a reader of {@code wanted}, for what Jenkins' own pages say in the same words. May be called from any thread.
     *
     * @param values for {0}, {1}, …
     */
    public static String say(Locale wanted, String key, Object... values) {
        return new MessageFormat(bundle(wanted).getString(key), wanted).format(values);
    }

    private static List<Locale.LanguageRange> languages(String acceptLanguage) {
        try {
            return Locale.LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }

    private static ResourceBundle bundle(Locale wanted) {
        return ResourceBundle.getBundle(BUNDLE, wanted, PageTexts.class.getClassLoader(), CONTROL);
    }

    private static boolean isEnglish(ResourceBundle bundle) {
        return bundle.getLocale().equals(Locale.ROOT);
    }

    private static PageTexts render(ResourceBundle bundle) {
        String locale = isEnglish(bundle) ? "en" : bundle.getLocale().toLanguageTag();
        ObjectNode json = Json.object().put("locale", locale);
        ObjectNode texts = json.putObject("texts");
        bundle.keySet().stream()
                .sorted()
                .forEach(key -> texts.put(key, bundle.getString(key)));
        return new PageTexts(locale, new String(Json.write(json), StandardCharsets.UTF_8));
    }
}
