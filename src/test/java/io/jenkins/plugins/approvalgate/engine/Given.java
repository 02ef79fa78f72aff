package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that tests of the engine begin with, in the fewest words. */
public final class Given {

    /** When everything begins, unless a test says otherwise. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    public static final Duration TIMEOUT = Duration.ofDays(30);

    private Given() {}

    /**
     * A policy in one line: {@code any 2: alice, bob, @team}, {@code sequential: @team*2, alice},
     * {@code unanimous, requester may: alice}. A name with {@code @} is a group, {@code *n} says how many of it.
     */
    public static ApprovalPolicy policy(String text) {
        String[] halves = text.split(":", 2);
        boolean requesterMay = halves[0].contains("requester may");
        String[] head = halves[0].replace(", requester may", "").strip().split(" ");
        int minimum = head.length > 1 ? Integer.parseInt(head[1]) : 1;
        List<Approver> approvers =
                Arrays.stream(halves[1].split(",")).map(String::strip).map(Given::approver).toList();
        return new ApprovalPolicy(Order.of(head[0]), minimum, approvers, requesterMay);
    }

    private static Approver approver(String text) {
        if (!text.startsWith("@")) {
            return Approver.user(text);
        }
        String[] parts = text.substring(1).split("\\*");
        return Approver.group(parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
    }

    public static Environment environment(String name, String policy) {
        return environment(name, policy, TIMEOUT);
    }

    public static Environment environment(String name, String policy, Duration timeout) {
        return new Environment(
                name,
                "About " + name,
                policy(policy),
                timeout,
                Optional.of(Duration.ofHours(4)),
                "Look first.",
                List.of("Tests passed", "Security looked"),
                List.of(),
                Optional.empty());
    }

    /** An environment that has checks, and a lock where {@code lock} names how it is taken. */
    public static Environment environment(String name, String policy, List<CheckSpec> checks, Optional<LockMode> lock) {
        return environment(name, policy, TIMEOUT, checks, lock);
    }

    public static Environment environment(
            String name, String policy, Duration timeout, List<CheckSpec> checks, Optional<LockMode> lock) {
        Environment plain = environment(name, policy, timeout);
        return new Environment(
                name, plain.description(), plain.policy(), timeout, plain.sla(), plain.instructions(), plain.checklist(),
                checks, lock);
    }

    public static Command.Release release() {
        return new Command.Release(Optional.empty(), "The build ended.");
    }

    /** A request of {@code team/app #build}, started by {@code starter}, with one of everything. */
    public static GateRequest request(String environment, int build) {
        return request(environment, build, Set.of("starter"));
    }

    public static GateRequest request(String environment, int build, Set<String> requesters) {
        return request(environment, "team/app", build, requesters);
    }

    public static GateRequest request(String environment, String job, int build, Set<String> requesters) {
        return new GateRequest(
                "key-1",
                environment,
                job,
                build,
                "job/" + job.replace("/", "/job/") + "/" + build + "/",
                Optional.of("Deploy"),
                Origin.branch("main"),
                requesters.stream().sorted().findFirst().orElse("timer"),
                requesters,
                "May it pass?",
                Map.of("accuracy", "0.94"),
                List.of(new Link("MLflow", "https://mlflow.example/run/1")),
                inputs());
    }

    /** The same build asking at another place of its script. */
    public static GateRequest withKey(GateRequest r, String key) {
        return new GateRequest(
                key, r.environment(), r.job(), r.build(), r.buildUrl(), r.stage(), r.origin(), r.requestedBy(),
                r.requesters(), r.message(), r.metrics(), r.links(), r.inputs());
    }

    /** The same, of a job that has an id. */
    public static GateRequest ofJob(GateRequest r, String id) {
        return new GateRequest(
                r.key(), r.environment(), r.job(), Optional.of(id), r.build(), r.buildUrl(), r.stage(), r.origin(),
                r.requestedBy(), r.requesters(), r.message(), r.metrics(), r.links(), r.inputs());
    }

    private static List<InputField> inputs() {
        List<InputField> inputs = new ArrayList<>();
        inputs.add(new InputField("region", InputField.Kind.CHOICE, List.of("eu", "us"), "eu", "Where to"));
        inputs.add(new InputField("dryRun", InputField.Kind.BOOLEAN, List.of(), "false", "Only pretend"));
        inputs.add(new InputField("ticket", InputField.Kind.STRING, List.of(), "", "Change ticket"));
        inputs.add(new InputField("notes", InputField.Kind.TEXT, List.of(), "", "Notes"));
        return inputs;
    }

    public static Command.Approve approve(String who) {
        return new Command.Approve(who, "fine", List.of(), Map.of());
    }

    public static Command.Defer defer(String who, Instant until) {
        return new Command.Defer(who, "not before", until, List.of(), Map.of());
    }

    public static Command.Reassign reassign(String who, String to) {
        return new Command.Reassign(who, Optional.empty(), to, "on holiday");
    }

    public static Command.Bypass bypass(String who) {
        return new Command.Bypass(who, "It burns.");
    }

    /** An environment whose people are reminded, and others told, by {@code notifications}. */
    public static Environment environment(String name, String policy, Notifications notifications) {
        Environment plain = environment(name, policy);
        return new Environment(
                name, plain.description(), plain.policy(), plain.timeout(), plain.sla(), plain.instructions(),
                plain.checklist(), plain.checks(), plain.lock(), notifications);
    }

    public static Command.Reject reject(String who) {
        return new Command.Reject(who, "not like this");
    }

    public static Command.Withdraw withdraw(String who) {
        return new Command.Withdraw(who, "on second thought");
    }

    public static Command.Cancel cancel() {
        return new Command.Cancel(Optional.empty(), "The build was aborted.");
    }
}
