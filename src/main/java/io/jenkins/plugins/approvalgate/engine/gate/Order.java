package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Locale;

/** How the entries of an {@link ApprovalPolicy} work together; the names are those of Azure DevOps' approvals. */
public enum Order {
    /** The first {@link ApprovalPolicy#minimum()} distinct people of any entries open the gate. */
    ANY,
    /** Every entry, one after the other, in the order in which they are listed. */
    SEQUENTIAL,
    /** Every entry, in whatever order the people come. */
    UNANIMOUS;

    /** The lower-case word used in YAML, in JSON and in the journal. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The order that {@code word} names.
     *
     * @throws IllegalArgumentException if it names none; the message lists the words that do
     */
    public static Order of(String word) {
        for (Order order : values()) {
            if (order.word().equals(word)) {
                return order;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is not an order: use any, sequential or unanimous");
    }
}
