package io.jenkins.plugins.approvalgate.engine.gate;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an administrator configures of the audit.
 *
 * @param database where the search index is kept; empty for the embedded one
 * @param retention how long the journal's months are kept after they ended; empty for ever
 * @param anchor where the journal's head is told once a day; empty for nowhere
 * @param findings from when on a pattern is suspicious
 */
public record AuditSettings(
        Optional<Database> database, Optional<Duration> retention, Optional<Anchor> anchor, FindingRules findings) {

    /** Embedded, for ever, nowhere, as usual. */
    public static final AuditSettings USUAL =
            new AuditSettings(Optional.empty(), Optional.empty(), Optional.empty(), FindingRules.USUAL);

    private static final Duration SHORTEST_RETENTION = Duration.ofDays(31);

    /** @throws IllegalArgumentException if a value cannot be meant; the message names it first */
    public AuditSettings {
        if (retention.filter(span -> span.compareTo(SHORTEST_RETENTION) < 0).isPresent()) {
            throw new IllegalArgumentException("retention: has to be 31 days at least, since whole months are removed");
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param url as in {@code jdbc:postgresql://db.example.org/audit}; without a password
     * @param credentials the id of a credential with user name and password; empty for none
     * @param poolSize how many connections are held at most
     */
    public record Database(String url, Optional<String> credentials, int poolSize) {

        public static final int USUAL_POOL = 4;
        private static final int LARGEST_POOL = 50;

        /** @throws IllegalArgumentException if a value cannot be meant; the message names it first */
        public Database {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("url: has to begin with jdbc:postgresql:");
            }
            if (url.matches("[^?]*//[^/?]*@.*")) {
                throw new IllegalArgumentException("url: must not have a user in it; give credentials");
            }
            if (url.toLowerCase(Locale.ROOT).contains("password=")) {
                throw new IllegalArgumentException("url: must not have a password; give credentials");
            }
            if (poolSize < 2 || poolSize > LARGEST_POOL) {
                throw new IllegalArgumentException("poolSize: has to be from 2 to " + LARGEST_POOL);
            }
        }
    }

    /**
     * Where the head is told: one of the two is given.
     *
     * @param file to which a line is appended each day; absolute
     * @param url to which it is posted each day
     * @param credentials the id of a credential for {@code url}; empty for none
     */
    public record Anchor(Optional<String> file, Optional<String> url, Optional<String> credentials) {

        private static final Pattern ABSOLUTE = Pattern.compile("(/|[A-Za-z]:[/\\\\]|\\\\\\\\).+");

        /** @throws IllegalArgumentException if a value cannot be meant; the message names it first */
        public Anchor {
            if (file.isPresent() == url.isPresent()) {
                throw new IllegalArgumentException("file: give either file or url");
            }
            if (file.filter(path -> !ABSOLUTE.matcher(path).matches()).isPresent()) {
                throw new IllegalArgumentException("file: has to be an absolute path");
            }
            url.ifPresent(Anchor::requireUsable);
            if (url.isEmpty() && credentials.isPresent()) {
                throw new IllegalArgumentException("credentials: stands with a url only");
            }
        }

        private static void requireUsable(String url) {
            try {
                URI uri = new URI(url);
                String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
                if (uri.getHost() != null && uri.getRawUserInfo() == null && (scheme.equals("https") || scheme.equals("http"))) {
                    return;
                }
            } catch (URISyntaxException unreadable) {
                // Told below.
            }
            throw new IllegalArgumentException(
                    "url: has to be an address that begins with https:// or http://, without a user in it");
        }
    }

    /**
     * From when on a pattern is a finding.
     *
     * @param rubberStamp a decision sooner after the request than this
     * @param refusals this many refused attempts of one person ...
     * @param refusalsWithin ... within this time
     * @param bypasses this many bypasses by one person, or of one environment ...
     * @param bypassesWithin ... within this time
     * @param mutualApprovals each of two approved this many builds of the other ...
     * @param mutualWithin ... within this time
     * @param officeHours a {@code businessHours} check outside of which a decision is a finding; empty for none
     */
    public record FindingRules(
            Duration rubberStamp,
            int refusals,
            Duration refusalsWithin,
            int bypasses,
            Duration bypassesWithin,
            int mutualApprovals,
            Duration mutualWithin,
            Optional<CheckSpec> officeHours) {

        public static final FindingRules USUAL = new FindingRules(
                Duration.ofSeconds(10),
                3,
                Duration.ofDays(1),
                2,
                Duration.ofDays(30),
                5,
                Duration.ofDays(90),
                Optional.empty());

        /** @throws IllegalArgumentException if a value cannot be meant; the message names it first */
        public FindingRules {
            if (rubberStamp.isNegative()) {
                throw new IllegalArgumentException("rubberStamp: cannot be negative");
            }
            requireSeveral("refusals", refusals, refusalsWithin);
            requireSeveral("bypasses", bypasses, bypassesWithin);
            requireSeveral("mutualApprovals", mutualApprovals, mutualWithin);
        }

        private static void requireSeveral(String field, int number, Duration within) {
            if (number < 1) {
                throw new IllegalArgumentException(field + ": has to be 1 at least");
            }
            if (within.isNegative() || within.isZero()) {
                throw new IllegalArgumentException(field + "Within: has to be longer than nothing");
            }
        }
    }
}
