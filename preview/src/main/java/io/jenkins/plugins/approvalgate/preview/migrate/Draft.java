package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An environment of ours in the making. What its source asks for and it cannot say keeps it {@linkplain #shut shut}: a change
 * freeze that names it stands among its checks until somebody takes it out.
 */
final class Draft {

    /** Far above what anybody has, and below what an environment takes. */
    private static final int MOST_CHECKS = 90;

    private final String name;
    private final List<Planned> checks = new ArrayList<>();
    private final List<String> shut = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private Optional<Policy> policy = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private String instructions = "";
    private Optional<LockMode> lock = Optional.empty();

    /** A check of ours, and what it comes from. */
    private record Planned(AzureCheck source, String kind, Map<String, Object> settings) {}

    Draft(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** What keeps it shut, a sentence each. */
    List<String> shut() {
        return List.copyOf(shut);
    }

    /** What is stricter than its source, or left to whoever uses it; a sentence each. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    void remark(AzureCheck check, String sentence) {
        add(remarks, check.words() + ": " + sentence);
    }

    void remark(String sentence) {
        add(remarks, sentence);
    }

    void shut(AzureCheck check, String sentence) {
        shut(check.words() + ": " + sentence);
    }

    void shut(String sentence) {
        add(shut, sentence);
    }

    private static void add(List<String> sentences, String sentence) {
        if (!sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    void check(AzureCheck source, String kind, Map<String, Object> settings) {
        if (checks.size() == MOST_CHECKS) {
            shut(source, "there are more than " + MOST_CHECKS + " checks; it is left out");
            return;
        }
        checks.add(new Planned(source, kind, settings));
    }

    void policy(Policy policy) {
        this.policy = Optional.of(policy);
    }

    void instructions(String text) {
        instructions = instructions.isEmpty() || text.isEmpty() ? instructions + text : instructions + "\n\n" + text;
    }

    void lock(LockMode mode) {
        lock = Optional.of(mode);
    }

    /** The shortest of those that were given counts. */
    void timeout(Duration span) {
        if (timeout.isPresent() && !timeout.get().equals(span)) {
            remark("its checks have several time limits; here the shortest is that of the gate");
        }
        timeout = Optional.of(timeout.filter(shorter -> shorter.compareTo(span) <= 0).orElse(span));
    }

    /**
     * Leaves out the checks that would not be read.
     *
     * @param objection why one cannot be meant
     */
    void requireMeant(BiFunction<String, Map<String, Object>, Optional<String>> objection) {
        for (Planned check : List.copyOf(checks)) {
            objection.apply(check.kind(), check.settings()).ifPresent(why -> {
                checks.remove(check);
                // What it says after the name of the setting may quote a secret.
                shut(check.source(), "it cannot be a " + check.kind() + " here, because of its " + Words.shown(why.replaceFirst("(?s):.*", "")));
            });
        }
    }

    /** The settings, as configuration as code has them. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", name);
        settings.putAll(policy.orElseThrow().settings());
        timeout.ifPresent(span -> settings.put("timeout", TimeSpan.format(span)));
        if (!instructions.isBlank()) {
            settings.put("instructions", instructions);
        }
        lock.ifPresent(mode -> settings.put("lock", mode.word()));
        List<Map<String, Object>> all = new ArrayList<>();
        checks.forEach(check -> all.add(Map.of(check.kind(), check.settings())));
        if (!shut.isEmpty()) {
            all.add(Map.of("changeFreeze", freeze()));
        }
        if (!all.isEmpty()) {
            settings.put("checks", all);
        }
        return settings;
    }

    private Map<String, Object> freeze() {
        List<Map<String, Object>> windows = new ArrayList<>();
        for (String reason : shut) {
            Map<String, Object> window = new LinkedHashMap<>();
            window.put("from", "2000-01-01");
            window.put("to", "9999-12-31");
            window.put("reason", "Not carried over from Azure DevOps. " + reason);
            windows.add(window);
        }
        Map<String, Object> freeze = new LinkedHashMap<>();
        freeze.put("timeZone", "UTC");
        freeze.put("approvals", "refuse");
        freeze.put("windows", windows);
        return freeze;
    }
}
