package io.jenkins.plugins.approvalgate.engine.check;

import java.util.Arrays;
import java.util.Locale;

/**
 * A {@link Glob} over the addresses of repositories. Slashes at the end, and then one {@code .git}, count for nothing, in
 * the pattern as in the address. Nothing else is made equal: not {@code git@host:team/app} to {@code https://host/team/app},
 * nor upper to lower case. Immutable.
 */
final class RepositoryPattern {

    private final String text;
    private final Glob glob;

    private RepositoryPattern(String text) {
        this.text = text;
        this.glob = Glob.of(bare(text));
    }

    static RepositoryPattern of(String text) {
        return new RepositoryPattern(text);
    }

    boolean matches(String address) {
        return !leadsElsewhere(address) && glob.matches(bare(address));
    }

    private static String bare(String address) {
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        String bare = address.substring(0, end);
        return bare.endsWith(".git") ? bare.substring(0, bare.length() - 4) : bare;
    }

    /**
     * Whether a part of {@code address} that {@code *} takes could lead to another place than the parts around it say: up
     * again from {@code https://host/team/../other}, or to another host where a query, a fragment or a backslash ends the
     * host's name early.
     */
    private static boolean leadsElsewhere(String address) {
        boolean endsEarly = address.contains("://") && address.codePoints().anyMatch(point -> "?#\\".indexOf(point) >= 0);
        String plain = address.toLowerCase(Locale.ROOT).replace("%2e", ".").replace("%2f", "/");
        return endsEarly
                || Arrays.asList(plain.split("[/\\\\]", -1)).contains("..")
                || address.codePoints().anyMatch(Character::isISOControl);
    }

    /** {@code address} for a sentence: without the user and password that may stand in it. */
    static String shown(String address) {
        return Shown.text(address.replaceFirst("://[^/]*@", "://"));
    }

    /** As it was written, but for a user and password in it. */
    @Override
    public String toString() {
        return text.replaceFirst("://[^/]*@", "://");
    }
}
