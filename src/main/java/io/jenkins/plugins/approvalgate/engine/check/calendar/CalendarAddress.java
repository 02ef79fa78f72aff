package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.http.Login;
import io.jenkins.plugins.approvalgate.engine.check.http.MetadataServices;
import io.jenkins.plugins.approvalgate.engine.check.http.Question;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a calendar is, and which credential is needed there. */
record CalendarAddress(URI uri, Optional<Login> login) {

    /** Shorter parts of a path are names, longer ones may be what keeps others out. */
    private static final int SECRET = 16;

    /** Reads {@code calendar, credentials}. */
    static Optional<CalendarAddress> read(Options options) {
        Optional<String> text = options.textIfGiven("calendar");
        Optional<String> credentials = options.textIfGiven("credentials");
        if (text.isEmpty() && credentials.isPresent()) {
            throw options.wrong("credentials", "is for the calendar, which is missing");
        }
        return text.map(address ->
                new CalendarAddress(uri(options, address), credentials.map(id -> new Login(id, Optional.empty()))));
    }

    private static URI uri(Options options, String text) {
        try {
            URI uri = new URI(text.replaceFirst("(?i)^webcal://", "https://"));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                if (uri.getRawUserInfo() != null) {
                    throw options.wrong("calendar", "has a user name in it; name a credential in credentials instead");
                }
                MetadataServices.whyNot(uri).ifPresent(why -> {
                    throw options.wrong("calendar", why);
                });
                return uri;
            }
        } catch (URISyntaxException unreadable) {
            // Told below.
        }
        throw options.wrong("calendar", "has to be an address that begins with https:// or http://");
    }

    /** What tells it from others: two credentials may get to see two calendars. */
    String key() {
        return CalendarCopy.digest(uri + login.map(with -> "\n" + with.credentials()).orElse(""));
    }

    /** A GET whose path is not shown where it may be a secret, as in the private addresses of Google and Outlook. */
    Question question() {
        List<String> hidden = Arrays.stream(String.valueOf(uri.getRawPath()).split("/"))
                .filter(part -> part.length() >= SECRET)
                .toList();
        return new Question("GET", uri, Map.of("Accept", "text/calendar"), Optional.empty(), hidden);
    }

    String host() {
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
