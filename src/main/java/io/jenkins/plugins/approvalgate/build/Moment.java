package io.jenkins.plugins.approvalgate.build;

import java.time.Instant;
import java.util.Date;

/** A time on a build page: as the server writes it, for a script to say it in the reader's zone. */
public record Moment(Instant at) {

    /** For {@code datetime}. */
    public String getIso() {
        return at.toString();
    }

    /** For those without the script. */
    public Date getDate() {
        return Date.from(at);
    }
}
