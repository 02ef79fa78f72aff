package io.jenkins.plugins.approvalgate.pages;

import hudson.model.ModelObject;
import io.jenkins.plugins.approvalgate.engine.rest.PageTexts;
import org.jvnet.localizer.LocaleProvider;

/**
 * A page that is nothing but its script: the view is {@code index.jelly}.
 *
 * @param page what {@code js/app.js} is to show
 * @param gate the id of the gate, where it is about one
 * @param environment the name of the environment, where it is about one
 * @param user the id of the current user; empty for the anonymous one
 * @param displayName the page's title
 */
public record Shell(String page, String gate, String environment, String user, String displayName) implements ModelObject {

    public String getPage() {
        return page;
    }

    public String getGate() {
        return gate;
    }

    public String getEnvironment() {
        return environment;
    }

    public String getUser() {
        return user;
    }

    /** The pages' words, in the language in which Jenkins speaks to the one who asks. */
    public PageTexts getTexts() {
        return PageTexts.in(LocaleProvider.getLocale());
    }

    @Override
    public String getDisplayName() {
        return displayName;
    }
}
