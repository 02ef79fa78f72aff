package io.jenkins.plugins.approvalgate.preview.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Environments of ours, and what is to be said of them. */
public final class Result {

    private final List<Draft> drafts;

    Result(List<Draft> drafts) {
        this.drafts = List.copyOf(drafts);
    }

    /** Their names, in order; one may stand there twice. */
    public List<String> names() {
        return drafts.stream().map(Draft::name).toList();
    }

    /** Whether something could not be carried over, so that an environment stays shut. */
    public boolean isShut() {
        return drafts.stream().anyMatch(draft -> !draft.shut().isEmpty());
    }

    /** What differs and what is left to do, a line each. */
    public List<String> lines() {
        return drafts.stream()
                .flatMap(draft -> lines(draft).map(line -> Words.shown(draft.name()) + ": " + line))
                .toList();
    }

    private static Stream<String> lines(Draft draft) {
        return Stream.concat(
                draft.shut().stream().map(sentence -> "STAYS SHUT: " + sentence + "."),
                draft.remarks().stream().map(sentence -> sentence + "."));
    }

    /** The YAML, for Jenkins' configuration as code and for the preview. */
    public String yaml() {
        List<Map<String, Object>> environments = new ArrayList<>();
        List<List<String>> comments = new ArrayList<>();
        for (Draft draft : drafts) {
            environments.add(draft.settings());
            comments.add(lines(draft).toList());
        }
        return YamlText.of(environments, comments);
    }
}
