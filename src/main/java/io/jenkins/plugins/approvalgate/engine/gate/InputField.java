package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.List;
import java.util.Locale;

/**
 * A value that the pipeline asks of the approver, and gets back in the step's result.
 *
 * @param choices what may be answered with {@link Kind#CHOICE}; empty otherwise
 * @param defaultValue what counts where the approver says nothing
 */
public record InputField(String name, Kind kind, List<String> choices, String defaultValue, String description) {

    /** What can be asked. No secrets: an answer goes into the journal, for ever. */
    public enum Kind {
        STRING,
        TEXT,
        CHOICE,
        BOOLEAN;

        /** The lower-case word used in JSON and in the journal. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if the field could not be answered; the message says why */
    public InputField {
        choices = List.copyOf(choices);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a parameter has no name");
        }
        if (kind == Kind.CHOICE && choices.isEmpty()) {
            throw new IllegalArgumentException("parameter \"" + name + "\" offers no choices");
        }
    }

    /** Whether {@code answer} is one that this field allows. */
    public boolean accepts(String answer) {
        return switch (kind) {
            case STRING -> answer.indexOf('\n') < 0;
            case TEXT -> true;
            case CHOICE -> choices.contains(answer);
            case BOOLEAN -> answer.equals("true") || answer.equals("false");
        };
    }
}
