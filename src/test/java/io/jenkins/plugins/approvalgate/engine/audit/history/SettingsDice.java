package io.jenkins.plugins.approvalgate.engine.audit.history;

import io.jenkins.plugins.approvalgate.engine.gate.Administrator;
import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Random settings, with a secret in every place where one could stand: each has {@link #CANARY} in it. */
final class SettingsDice {

    static final String CANARY = "canary";

    private static final List<String> NAMES = List.of("prod", "test env", "qa.eu", "ü", "a-b", "x[0]");
    private static final List<String> WORDS =
            List.of("main", "release/*", "a, b", "[x]", "", " lead", "two\nlines", "\"quoted\"", "emoji 🎲", "true", "7", "${branch}");

    private final Random random;

    SettingsDice(Random random) {
        this.random = random;
    }

    Settings settings() {
        return new Settings(
                some(NAMES, this::environment), some(NAMES, this::group), list(3, this::webhook), audit());
    }

    /** The same with a part or two thrown again. */
    Settings like(Settings settings) {
        List<Environment> environments = new ArrayList<>(settings.environments());
        if (!environments.isEmpty() && random.nextBoolean()) {
            int at = random.nextInt(environments.size());
            environments.set(at, environment(environments.get(at).name()));
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(environments, random);
        }
        List<Webhook> webhooks = new ArrayList<>(settings.webhooks());
        if (random.nextInt(3) == 0) {
            webhooks.add(random.nextInt(webhooks.size() + 1), webhook());
        }
        return new Settings(
                environments,
                settings.approverGroups(),
                webhooks,
                random.nextInt(3) == 0 ? audit() : settings.audit());
    }

    private <T> List<T> some(List<String> names, java.util.function.Function<String, T> make) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(4)).stream().map(make).toList();
    }

    private <T> List<T> list(int most, Supplier<T> make) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(make.get());
        }
        return list;
    }

    private <T> Optional<T> maybe(Supplier<T> make) {
        return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String word() {
        return one(WORDS);
    }

    private Duration span() {
        return Duration.ofMinutes(1 + random.nextInt(5_000));
    }

    private String secret() {
        return CANARY + random.nextInt(3);
    }

    /** Every part that could keep others out has a canary. */
    private String address() {
        return "https://" + (random.nextBoolean() ? "u-" + secret() + ":" + secret() + "@" : "") + "host" + random.nextInt(3)
                + ".example.org:8443/hook/" + (random.nextBoolean() ? "long-part-of-a-path-" + secret() + "/" : "")
                + (random.nextBoolean() ? "x;session=" + secret() : "v1")
                + (random.nextBoolean() ? "?token=" + secret() + "&branch=${branch}&" + secret() : "")
                + (random.nextBoolean() ? "#" + secret() : "");
    }

    private Environment environment(String name) {
        List<Approver> approvers = new ArrayList<>(List.of(Approver.user("alice"), Approver.group("on call", 1)));
        Collections.shuffle(approvers, random);
        return new Environment(
                name,
                word(),
                new ApprovalPolicy(
                        one(List.of(Order.values())), 1, approvers.subList(0, 1 + random.nextInt(2)),
                        random.nextBoolean(), random.nextBoolean(), one(List.of(ReassignTo.values()))),
                span(),
                maybe(this::span),
                word() + word().repeat(random.nextInt(1_000)),
                list(1, () -> "Looked"),
                list(3, this::check),
                maybe(() -> one(List.of(LockMode.values()))),
                new Notifications(
                        maybe(() -> list(2, this::span)), list(1, () -> "boss@example.org"), span(),
                        Map.of(Approver.user("alice"), list(1, () -> "alice@example.org"))),
                random.nextBoolean() ? List.of() : List.of(one(List.of(Administrator.user("carol"), Administrator.group("platform")))));
    }

    private CheckSpec check() {
        return switch (random.nextInt(5)) {
            case 0 -> new CheckSpec("branchControl", Map.of("allowed", list(3, this::word)));
            case 1 -> new CheckSpec("changeFreeze", Map.of("calendar", address(), "credentials", "calendar-login"));
            case 2 -> new CheckSpec("acme", Map.of("apiKey", secret(), "nested", Map.of("list", List.of(secret())), "on", true));
            case 3 -> new CheckSpec("requiredTemplate", Map.of("repository", address(), "allowReplay", random.nextBoolean()));
            default -> {
                Map<String, Object> settings = new LinkedHashMap<>();
                settings.put("url", address());
                settings.put("credentials", "login");
                settings.put("retries", (long) random.nextInt(3));
                settings.put("headers", Map.of("X-Key", secret(), "X-Branch", "${branch}"));
                settings.put("body", "{\"password\": \"" + secret() + "\"}");
                yield new CheckSpec("restCheck", settings);
            }
        };
    }

    private ApproverGroup group(String name) {
        return new ApproverGroup(name, List.of("alice"), list(2, () -> "realm group"));
    }

    private Webhook webhook() {
        boolean plain = random.nextBoolean();
        Optional<String> template = maybe(() -> "{\"text\": \"${summary}\", \"key\": \"" + secret() + "\"}");
        return new Webhook(
                plain ? Optional.of(address()) : Optional.empty(),
                plain ? Optional.empty() : Optional.of("chat-address"),
                maybe(() -> "signing-key"),
                List.of(),
                random.nextBoolean() ? List.of() : List.of("closed"),
                template,
                Optional.empty());
    }

    private AuditSettings audit() {
        return new AuditSettings(
                maybe(() -> new AuditSettings.Database(
                        "jdbc:postgresql://db" + random.nextInt(2) + ".example.org:5432/the-audit-of-all-controllers?ssl=true&sslkey="
                                + secret(),
                        maybe(() -> "db-login"),
                        2 + random.nextInt(3))),
                maybe(() -> Duration.ofDays(31 + random.nextInt(3))),
                maybe(() -> new AuditSettings.Anchor(Optional.empty(), Optional.of("https://anchor.example.org/?key=" + secret()), Optional.empty())),
                new AuditSettings.FindingRules(
                        span(), 1 + random.nextInt(3), span(), 2, span(), 3, span(),
                        maybe(() -> new CheckSpec("businessHours", Map.of("from", "09:00", "to", word())))));
    }
}
