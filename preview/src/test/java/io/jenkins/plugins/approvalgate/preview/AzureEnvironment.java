package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * An environment of Azure DevOps by chance: the JSON that its API would give, and, of its own and not by reading that, whether
 * Azure would let a run through. Where its documentation can be read in two ways it takes the more lenient.
 */
final class AzureEnvironment {

    static final String[] PEOPLE = {"ada", "bob", "cyd", "dan", "eve", "fay"};
    static final String[] GROUPS = {"Red", "Green"};
    static final String[] BRANCHES = {"main", "develop", "releases/1", "releases/1/2", "PR-7", "hotfix"};
    private static final String[] PATTERNS = {
        "*", "refs/heads/main", "refs/heads/releases/*", "refs/heads/*", "main", "develop", "refs/heads/hot*", "refs/heads/PR-*",
        "refs/heads/mai?", "refs/heads/**", "refs/tags/*", "", "refs/heads/[a-z]*", "refs/heads/develop"
    };
    private static final Map<String, String> ZONES = Map.of(
            "UTC", "UTC", "W. Europe Standard Time", "Europe/Berlin", "Eastern Standard Time", "America/New_York",
            "Tokyo Standard Time", "Asia/Tokyo");
    private static final String[] TIMES = {"00:00", "04:00", "09:00", "12:30", "17:00", "23:59"};
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** @param name of a person, or of a group with a capital letter */
    private record Approval(List<String> names, boolean sequence, int minimum, Boolean barred, Set<String> blocked) {}

    private record Branches(List<String> patterns, boolean guarded) {}

    private record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {}

    /** One that decides, in the order in which they come. */
    record Run(String branch, String requester, Map<String, Set<String>> groups, List<String> people, Instant at) {}

    private final Random random;
    private final List<Approval> approvals = new ArrayList<>();
    private final List<Branches> branches = new ArrayList<>();
    private final List<Hours> hours = new ArrayList<>();
    private final ArrayNode checks = JSON.arrayNode();
    private int shortest = Integer.MAX_VALUE;

    AzureEnvironment(Random random) {
        this.random = random;
        for (int i = of(0, 1, 1, 1, 1, 2); i > 0; i--) {
            approval();
        }
        for (int i = of(0, 0, 0, 1, 2); i > 0; i--) {
            branches();
        }
        for (int i = of(0, 0, 0, 1, 2); i > 0; i--) {
            hours();
        }
        if (checks.isEmpty() || random.nextInt(4) == 0) {
            check("2ef31ad6-baa0-403a-8b45-2cbc9b4e5563", JSON.objectNode(), true);
        }
        if (random.nextInt(8) == 0) {
            disabled();
        }
        if (random.nextInt(8) == 0) {
            task("f1e4b0e6-017e-4819-8a48-ef19ae96e289", JSON.objectNode().put("queryId", "x"));
        }
    }

    JsonNode json() {
        return JSON.objectNode().put("count", checks.size()).set("value", checks);
    }

    int shortestMinutes() {
        return shortest;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private int of(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private List<String> names(int most) {
        List<String> names = new ArrayList<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            String name = random.nextInt(3) == 0 ? any(List.of(GROUPS)) : any(List.of(PEOPLE));
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private void approval() {
        Approval approval = new Approval(
                names(4), random.nextInt(3) == 0, of(0, 0, 1, 2, 2, 2, 3, 9), any(List.of(1, 2, 3)) == 1 ? null : random.nextBoolean(),
                random.nextInt(5) == 0 ? new HashSet<>(names(2)) : Set.of());
        approvals.add(approval);
        ObjectNode settings = JSON.objectNode();
        settings.set("approvers", identities(approval.names()));
        settings.set("blockedApprovers", identities(approval.blocked()));
        if (random.nextBoolean()) {
            settings.put("executionOrder", approval.sequence() ? "inSequence" : "anyOrder");
        } else {
            settings.put("executionOrder", approval.sequence() ? 2 : 1);
        }
        settings.put("minRequiredApprovers", approval.minimum());
        settings.put("instructions", any(List.of("", "Look.", "Is it ${done}?\nSee:  no\n", "#", "a\u0000\uD800b", "'\"\\\u2028")));
        if (approval.barred() != null) {
            settings.put("requesterCannotBeApprover", approval.barred());
        }
        check("8C6F20A7-A545-4486-9777-F762FAFE0D4D", settings, true);
    }

    private static ArrayNode identities(Iterable<String> names) {
        ArrayNode identities = JSON.arrayNode();
        for (String name : names) {
            boolean group = Character.isUpperCase(name.charAt(0));
            ObjectNode identity = identities.addObject();
            identity.put("displayName", group ? "[Fabrikam]\\" + name : name.toUpperCase(Locale.ROOT));
            identity.put("id", "id-of-" + name);
            identity.put("uniqueName", group ? "vstfs:///x\\" + name : name + "@example.com");
        }
        return identities;
    }

    private void branches() {
        List<String> patterns = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            patterns.add(any(List.of(PATTERNS)));
        }
        branches.add(new Branches(patterns, random.nextInt(6) == 0));
        task("86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b", JSON.objectNode()
                .put("allowedBranches", String.join(random.nextBoolean() ? "," : " , ", patterns))
                .put("ensureProtectionOfBranch", Boolean.toString(branches.get(branches.size() - 1).guarded())));
    }

    private void hours() {
        Set<DayOfWeek> days = new HashSet<>();
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            days.add(any(List.of(DayOfWeek.values())));
        }
        String windows = any(List.copyOf(new TreeSet<>(ZONES.keySet())));
        String from = any(List.of(TIMES));
        String to = any(List.of(TIMES));
        hours.add(new Hours(days, LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(ZONES.get(windows))));
        task("445fde2f-6c39-441c-807f-8a59ff2e075f", JSON.objectNode()
                .put("businessDays", String.join(",", days.stream()
                        .map(day -> day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT))
                        .toList()))
                .put("startTime", from)
                .put("endTime", to)
                .put("timeZone", windows));
    }

    /** One that counts for nothing. */
    private void disabled() {
        ObjectNode settings = JSON.objectNode();
        settings.set("approvers", identities(List.of("nobody")));
        check("8c6f20a7-a545-4486-9777-f762fafe0d4d", settings, false).put("isDisabled", true);
    }

    private void task(String id, ObjectNode inputs) {
        ObjectNode settings = JSON.objectNode();
        settings.put("displayName", "task").set("definitionRef", JSON.objectNode().put("id", id));
        settings.set("inputs", inputs);
        check("fe1de3ee-a436-41b4-bb20-f6eb4cb879a7", settings, false);
    }

    private ObjectNode check(String type, ObjectNode settings, boolean counted) {
        int minutes = of(30, 1_440, 10_080, 43_200);
        if (counted) {
            shortest = Math.min(shortest, minutes);
        }
        ObjectNode check = checks.addObject();
        check.set("settings", settings);
        check.set("type", JSON.objectNode().put("id", type).put("name", "a check"));
        check.set("resource", JSON.objectNode().put("type", "environment").put("id", "5").put("name", "generated"));
        return check.put("id", checks.size()).put("timeout", minutes);
    }

    /** A run by chance, at a time around the hours that there are. */
    Run run() {
        Map<String, Set<String>> groups = Map.of("Red", members(), "Green", members());
        List<String> people = IntStream.range(0, random.nextInt(8)).mapToObj(i -> any(List.of(PEOPLE))).toList();
        Instant at = Instant.parse("2026-03-23T00:00:00Z").plusSeconds(60L * random.nextInt(14 * 24 * 60));
        return new Run(any(List.of(BRANCHES)), any(List.of(PEOPLE)), groups, people, at);
    }

    private Set<String> members() {
        Set<String> members = new HashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.add(any(List.of(PEOPLE)));
        }
        return members;
    }

    /** Whether Azure DevOps would let it through. */
    boolean lets(Run run) {
        return approvals.stream().allMatch(approval -> isGiven(approval, run))
                && branches.stream().allMatch(each -> allows(each, run.branch()))
                && hours.stream().allMatch(each -> isOpen(each, run.at()));
    }

    private static boolean isGiven(Approval approval, Run run) {
        int needed = approval.minimum() == 0 ? approval.names().size() : Math.min(approval.minimum(), approval.names().size());
        Set<Integer> filled = new HashSet<>();
        for (String person : run.people()) {
            boolean kept = Boolean.TRUE.equals(approval.barred()) && person.equals(run.requester())
                    || approval.blocked().stream().anyMatch(name -> is(person, name, run));
            for (int i = 0; i < approval.names().size() && !kept; i++) {
                boolean turn = !approval.sequence() || IntStream.range(0, i).allMatch(filled::contains);
                if (turn && is(person, approval.names().get(i), run)) {
                    filled.add(i);
                }
            }
        }
        return filled.size() >= needed;
    }

    private static boolean is(String person, String name, Run run) {
        return name.equals(person) || run.groups().getOrDefault(name, Set.of()).contains(person);
    }

    private static boolean allows(Branches branches, String branch) {
        return branches.patterns().stream().anyMatch(pattern -> pattern.equals("*")
                || ("refs/heads/" + branch).matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E"));
    }

    private static boolean isOpen(Hours hours, Instant at) {
        ZonedDateTime there = at.atZone(hours.zone());
        LocalTime time = there.toLocalTime();
        // Whatever it makes of hours that end before they begin, nothing of that is ours to allow.
        return hours.from().isBefore(hours.to())
                && hours.days().contains(there.getDayOfWeek())
                && !time.isBefore(hours.from())
                && !time.isAfter(hours.to());
    }
}
