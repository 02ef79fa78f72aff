package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A named target with rules, owned by an administrator. A gate copies what it needs of it when it is requested, so that
 * later changes never reach a gate that waits.
 *
 * @param administrators who may change it, but for its name, these, and whom its checks ask
 */
public record Environment(
        String name,
        String description,
        ApprovalPolicy policy,
        Duration timeout,
        Optional<Duration> sla,
        String instructions,
        List<String> checklist,
        List<CheckSpec> checks,
        Optional<LockMode> lock,
        Notifications notifications,
        List<Administrator> administrators) {

    /** What a gate waits at most where the environment says nothing else. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofDays(30);

    private static final int LONGEST_NAME = 100;
    private static final int MOST_CHECKS = 100;
    private static final int MOST_ADMINISTRATORS = 100;

    /** One whose people are reminded as usual. */
    public Environment(
            String name,
            String description,
            ApprovalPolicy policy,
            Duration timeout,
            Optional<Duration> sla,
            String instructions,
            List<String> checklist,
            List<CheckSpec> checks,
            Optional<LockMode> lock) {
        this(name, description, policy, timeout, sla, instructions, checklist, checks, lock, Notifications.USUAL);
    }

    /** One without administrators of its own. */
    public Environment(
            String name,
            String description,
            ApprovalPolicy policy,
            Duration timeout,
            Optional<Duration> sla,
            String instructions,
            List<String> checklist,
            List<CheckSpec> checks,
            Optional<LockMode> lock,
            Notifications notifications) {
        this(name, description, policy, timeout, sla, instructions, checklist, checks, lock, notifications, List.of());
    }

    /** @throws IllegalArgumentException if a value cannot be meant; the message says which */
    public Environment {
        requireUsable(name);
        requirePositive("timeout", timeout);
        sla.ifPresent(given -> requirePositive("sla", given));
        checklist = List.copyOf(checklist);
        checks = List.copyOf(checks);
        if (checks.size() > MOST_CHECKS) {
            throw new IllegalArgumentException("there are more than " + MOST_CHECKS + " checks");
        }
        administrators = List.copyOf(administrators);
        if (administrators.size() > MOST_ADMINISTRATORS) {
            throw new IllegalArgumentException("there are more than " + MOST_ADMINISTRATORS + " administrators");
        }
        if (administrators.stream().distinct().count() < administrators.size()) {
            throw new IllegalArgumentException("administrators names the same user or group twice");
        }
        if (checklist.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("checklist has an empty line");
        }
        if (checklist.stream().distinct().count() < checklist.size()) {
            throw new IllegalArgumentException("checklist names the same thing twice");
        }
    }

    /**
     * Refuses a name that could not stand in an address or a log line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static void requireUsable(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name is empty");
        }
        if (!name.equals(name.strip())) {
            throw new IllegalArgumentException("name \"" + name + "\" begins or ends with a space");
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("name is longer than " + LONGEST_NAME + " characters");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || "/\\?#%;".indexOf(c) >= 0)
                || name.equals(".")
                || name.equals("..")) {
            throw new IllegalArgumentException("name \"" + name + "\" has a character that cannot stand in an address");
        }
    }

    private static void requirePositive(String field, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(field + " has to be longer than nothing");
        }
    }
}
