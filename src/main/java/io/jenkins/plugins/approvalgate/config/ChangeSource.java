package io.jenkins.plugins.approvalgate.config;

import io.jenkins.plugins.approvalgate.engine.audit.history.Source;

/** Where a change comes from that no page of ours sent. */
final class ChangeSource {

    private static final String CODE = "io.jenkins.plugins.casc.";

    private ChangeSource() {}

    /** Configuration as code sets what it configures like anybody else: only who called tells. */
    static Source ofCaller() {
        return StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(CODE)))
                ? Source.CODE
                : Source.SCRIPT;
    }
}
