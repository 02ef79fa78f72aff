package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hides secrets in what came back from somebody who was told them: as they are, in Base64, and with any of their characters
 * escaped as in JSON, in an address or in HTML. Whoever wants to give a secret away that he was sent can always find a form
 * that is not known here; this keeps honest echoes out. Immutable.
 */
final class Masks {

    private static final String MASK = "****";

    private final List<EscapedText> hidden;

    private Masks(Collection<String> texts) {
        hidden = texts.stream()
                .filter(text -> !text.isBlank())
                .distinct()
                .sorted((a, b) -> b.length() - a.length())
                .map(EscapedText::new)
                .toList();
    }

    /** Hides {@code texts}, and what {@code secrets} hide. */
    static Masks of(Collection<? extends Secret> secrets, Collection<String> texts) {
        Set<String> forms = new LinkedHashSet<>();
        texts.forEach(text -> addForms(text, forms));
        for (Secret secret : secrets) {
            secret.hidden().forEach(text -> addForms(text, forms));
            if (secret instanceof Secret.UserPassword basic) {
                addForms(basic.user() + ":" + basic.password(), forms);
            }
        }
        return new Masks(forms);
    }

    private static void addForms(String text, Set<String> forms) {
        forms.add(text);
        forms.add(text.strip());
        for (String form : List.of(text, text.strip())) {
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
                byte[] bytes = form.getBytes(charset);
                for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                    forms.add(encoder.encodeToString(bytes));
                    forms.add(encoder.withoutPadding().encodeToString(bytes));
                }
                // Sent in one, read in the other.
                forms.add(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** {@code text} with four asterisks in the place of everything that is hidden. */
    String hide(String text) {
        String masked = text;
        for (EscapedText secret : hidden) {
            masked = secret.replaceIn(masked, MASK);
        }
        return masked;
    }
}
