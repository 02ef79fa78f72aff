package io.jenkins.plugins.approvalgate.pages;

import io.jenkins.plugins.approvalgate.engine.rest.PageTexts;
import org.jvnet.localizer.LocaleProvider;

/** The number in Jenkins' header as the server writes it, and the words with which {@code js/badge.js} keeps it right. */
public final class HeaderBadge {

    private static final int MOST = 99;

    private final long waiting;

    HeaderBadge(long waiting) {
        this.waiting = waiting;
    }

    public boolean isNone() {
        return waiting == 0;
    }

    /** As it stands on the badge; empty for none. */
    public String getNumber() {
        return waiting > MOST ? MOST + "+" : isNone() ? "" : Long.toString(waiting);
    }

    /** What the number means. */
    public String getSentence() {
        return waiting == 1 ? say("badge.one", waiting) : say("badge.other", waiting);
    }

    /** The sentence for one, with a place for the number. */
    public String getOne() {
        return say("badge.one", "{0}");
    }

    /** The sentence for any other number, with a place for it. */
    public String getOther() {
        return say("badge.other", "{0}");
    }

    private static String say(String key, Object waiting) {
        return PageTexts.say(LocaleProvider.getLocale(), key, waiting);
    }
}
