package io.jenkins.plugins.approvalgate.bench;

/** The two steps that wait for a person. Each has a folder of its own with jobs that do nothing else. */
enum Kind {
    GATE("approvalGate environment: 'production', message: 'Deploy?'"),
    INPUT("input id: 'go', message: 'Deploy?', submitter: 'alice'");

    private final String step;

    Kind(String step) {
        this.step = step;
    }

    /** Ends with the step that {@link Clicks} waits for. */
    String script() {
        return "stage('Deploy') {\n  " + step + "\n}\necho 'on its way'";
    }

    String folder() {
        return this == GATE ? "gates" : "inputs";
    }

    /** The name of one of the jobs; builds are dealt out over them in turn. */
    String job(int number) {
        return folder() + "/deploy-" + number;
    }
}
