package io.jenkins.plugins.approvalgate.host;

import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import hudson.scm.RepositoryBrowser;
import io.jenkins.plugins.approvalgate.engine.gate.Change;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.RunWithSCM;

/** What went into a build, as its SCM recorded it. */
final class ChangeSets {

    private static final Logger LOGGER = Logger.getLogger(ChangeSets.class.getName());
    private static final int MOST = 50;
    private static final int LONGEST_LINE = 200;

    private ChangeSets() {}

    /** The changes, the newest first, at most 50 of them; none for a build that knows of none. */
    static List<Change> of(Run<?, ?> run) {
        if (!(run instanceof RunWithSCM<?, ?> withScm)) {
            return List.of();
        }
        return withScm.getChangeSets().stream()
                .flatMap(set -> newestFirst(set).stream().map(entry -> change(set, entry)))
                .limit(MOST)
                .toList();
    }

    /** Some SCMs begin with the oldest; those that know no times are taken as they come. */
    private static List<ChangeLogSet.Entry> newestFirst(ChangeLogSet<? extends ChangeLogSet.Entry> set) {
        List<ChangeLogSet.Entry> entries = new ArrayList<>();
        set.forEach(entries::add);
        if (!entries.isEmpty()) {
            long first = entries.get(0).getTimestamp();
            long last = entries.get(entries.size() - 1).getTimestamp();
            if (first > 0 && last >= first) {
                Collections.reverse(entries);
            }
        }
        return entries;
    }

    private static Change change(ChangeLogSet<?> set, ChangeLogSet.Entry entry) {
        return new Change(
                Objects.requireNonNullElse(entry.getCommitId(), ""),
                entry.getAuthor().getDisplayName(),
                firstLine(Objects.requireNonNullElse(entry.getMsg(), "")),
                link(set.getBrowser(), entry));
    }

    private static String firstLine(String message) {
        String line = message.lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst().orElse("");
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "\u2026" : line;
    }

    /** Where the repository's browser shows the change. An address that is not of the web is none to click on. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the browser is that of the set, which made the entry
    private static Optional<String> link(RepositoryBrowser browser, ChangeLogSet.Entry entry) {
        if (browser == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable((URL) browser.getChangeSetLink(entry))
                    .filter(url -> List.of("http", "https").contains(url.getProtocol().toLowerCase(Locale.ROOT)))
                    .map(URL::toExternalForm);
        } catch (IOException | RuntimeException misconfigured) {
            LOGGER.log(Level.FINE, "The repository browser has no address for a change", misconfigured);
            return Optional.empty();
        }
    }
}
