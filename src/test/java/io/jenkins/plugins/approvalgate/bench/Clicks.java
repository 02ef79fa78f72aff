package io.jenkins.plugins.approvalgate.bench;

import hudson.ExtensionList;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.flow.StepListener;
import org.jenkinsci.plugins.workflow.steps.EchoStep;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Clicks, one after the other, in Jenkins' own process, so that one clock sees the request leave and the pipeline's next
 * step begin. Each build has ended before the next click, and what is left to do after that has a moment.
 */
final class Clicks implements StepListener {

    private static final int PATIENCE = 60;
    private static final int MOMENT = 100;

    private final Map<String, CompletableFuture<Long>> nextSteps = new ConcurrentHashMap<>();

    private Clicks() {}

    /** The nanoseconds that each took, in the order of {@code waiting}. */
    static ArrayList<Long> time(JenkinsRule jenkins, ArrayList<Waiting> waiting, String token) throws Exception {
        Clicks clicks = new Clicks();
        ExtensionList.lookup(StepListener.class).add(clicks);
        Person alice = new Person(jenkins.getURL().toURI(), token);
        ArrayList<Long> times = new ArrayList<>();
        for (Waiting one : waiting) {
            times.add(clicks.time(jenkins, alice, one));
        }
        ExtensionList.lookup(StepListener.class).remove(clicks);
        return times;
    }

    private long time(JenkinsRule jenkins, Person alice, Waiting waiting) throws Exception {
        CompletableFuture<Long> nextStep = new CompletableFuture<>();
        nextSteps.put(waiting.build(), nextStep);
        Run<?, ?> run = Run.fromExternalizableId(waiting.build());
        long begin = System.nanoTime();
        int status = alice.click(waiting);
        if (status != 200) {
            throw new IOException(waiting + ": " + status);
        }
        long time = nextStep.get(PATIENCE, TimeUnit.SECONDS) - begin;
        jenkins.waitForCompletion(run);
        TimeUnit.MILLISECONDS.sleep(MOMENT);
        return time;
    }

    @Override
    public void notifyOfNewStep(Step step, StepContext context) {
        if (step instanceof EchoStep) {
            try {
                nextSteps.get(context.get(Run.class).getExternalizableId()).complete(System.nanoTime());
            } catch (IOException | InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }
    }
}
