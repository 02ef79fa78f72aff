package io.jenkins.plugins.approvalgate.engine.notice.mail;

import java.util.Optional;

/**
 * A mail to one address.
 *
 * @param id its Message-ID, with angle brackets
 * @param answers the Message-ID of the first mail about the same gate to the same address, so that mail programs show them
 *     together; empty if this is the first
 * @param subject one line without control characters
 */
record Mail(String id, Optional<String> answers, String to, String subject, String text, String html) {}
