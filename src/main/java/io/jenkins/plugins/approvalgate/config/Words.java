package io.jenkins.plugins.approvalgate.config;

import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.util.ListBoxModel;
import java.time.ZoneId;
import java.util.Locale;

/** Settings that take one of a few words. */
final class Words {

    private static final int MOST_CANDIDATES = 20;

    private Words() {}

    /** {@code word}; {@code null} if it is empty or {@code usual}, which is meant where none stands. */
    static String unless(String usual, String word) {
        String trimmed = Util.fixEmptyAndTrim(word);
        return usual.equals(trimmed) ? null : trimmed;
    }

    /** The names of time zones in which {@code part} stands, whatever its case; not all of them if there are many. */
    static AutoCompletionCandidates timeZones(String part) {
        AutoCompletionCandidates candidates = new AutoCompletionCandidates();
        ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.toLowerCase(Locale.ROOT).contains(part.strip().toLowerCase(Locale.ROOT)))
                .filter(zone -> !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
                .sorted()
                .limit(MOST_CANDIDATES)
                .forEach(candidates::add);
        return candidates;
    }

    static ListBoxModel list(ListBoxModel.Option... options) {
        return new ListBoxModel(options);
    }

    static ListBoxModel.Option option(String shown, String word) {
        return new ListBoxModel.Option(shown, word);
    }
}
