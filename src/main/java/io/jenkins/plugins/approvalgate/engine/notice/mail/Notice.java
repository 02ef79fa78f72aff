package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.nio.charset.StandardCharsets;

/**
 * Somebody has to be told something of a gate, because of one line of the journal.
 *
 * @param line the line's hash: its number may be given again where a journal was put back from a backup
 */
record Notice(long seq, String line, String gate, MailKind kind, Recipient recipient) {

    private static final int ENOUGH = 16;

    /** Names the notice: the same line gives the same recipient the same id, however often it is read. */
    String id() {
        String print = Json.hash((line + " " + recipient.key()).getBytes(StandardCharsets.UTF_8));
        return seq + "." + print.substring(0, ENOUGH);
    }
}
