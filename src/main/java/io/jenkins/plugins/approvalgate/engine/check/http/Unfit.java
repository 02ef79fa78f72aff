package io.jenkins.plugins.approvalgate.engine.check.http;

/** Something of a gate cannot stand where the check's settings put it. The message is a sentence for the gate's readers. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1;

    Unfit(String sentence) {
        super(sentence);
    }
}
