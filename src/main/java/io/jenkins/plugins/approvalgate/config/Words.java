package io.jenkins.plugins.approvalgate.config;

import hudson.Util;
import hudson.util.ComboBoxModel;
import hudson.util.ListBoxModel;
import java.time.ZoneId;

/** Settings that take one of a few words. */
final class Words {

    private Words() {}

    /** {@code word}; {@code null} if it is empty or {@code usual}, which is meant where none stands. */
    static String unless(String usual, String word) {
        String trimmed = Util.fixEmptyAndTrim(word);
        return usual.equals(trimmed) ? null : trimmed;
    }

    /** The time zones by their names, those that name no place left out. */
    static ComboBoxModel timeZones() {
        ComboBoxModel zones = new ComboBoxModel("UTC");
        ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
                .sorted()
                .forEach(zones::add);
        return zones;
    }

    static ListBoxModel list(ListBoxModel.Option... options) {
        return new ListBoxModel(options);
    }

    static ListBoxModel.Option option(String shown, String word) {
        return new ListBoxModel.Option(shown, word);
    }
}
