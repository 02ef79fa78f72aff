package io.jenkins.plugins.approvalgate.engine.rest;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The gates that one caller may read, in one answer: a job's permission is asked for once. For one thread. */
final class ReadableGates {

    private static final int MOST_STAGES = 5;

    private final GateKeeper keeper;
    private final Caller caller;
    private final Map<String, Boolean> readable = new HashMap<>();

    ReadableGates(GateKeeper keeper, Caller caller) {
        this.keeper = keeper;
        this.caller = caller;
    }

    /** Of the last thousand gates that ended, those of {@code environment}. */
    List<Gate> ended(String environment) {
        return readable(keeper.ended().stream()
                        .filter(gate -> gate.request().environment().equals(environment)))
                .toList();
    }

    /** The stages that lately asked for {@code environment}, the last one first. */
    List<String> stages(String environment) {
        return Stream.concat(open(environment), ended(environment).stream())
                .sorted(Comparator.comparing(Gate::id).reversed())
                .flatMap(gate -> gate.request().stage().stream())
                .distinct()
                .limit(MOST_STAGES)
                .toList();
    }

    private Stream<Gate> open(String environment) {
        return readable(keeper.openGates().after("", gate -> gate.request().environment().equals(environment)));
    }

    private Stream<Gate> readable(Stream<Gate> gates) {
        return gates.filter(gate -> readable.computeIfAbsent(gate.request().jobIdentity(), job -> caller.mayRead(gate.request())));
    }
}
