package io.jenkins.plugins.approvalgate.bench;

import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.csrf.DefaultCrumbIssuer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/**
 * The step beside {@code input}, on one controller in one run, with as many builds of each waiting: {@code bin/bench
 * --jenkins}. No test: it asserts nothing, takes many minutes, and its name keeps it out of the tests that are run by default.
 * It writes what it measured, in nanoseconds and bytes, to {@code target/bench/jenkins.json}.
 *
 * <ol>
 *   <li>Heap: builds are started in rounds, in each so many of the one kind and then so many of the other, the first kind
 *       alternating; after each, what is used after full collections.
 *   <li>List, warm: what waits for {@code alice}, in turns. Of gates it is the inbox's list; of inputs, the builds of all
 *       jobs, over Jenkins' own API, each of which has to tell of its own.
 *   <li>List after a restart: both are asked for with the first page that Jenkins answers.
 *   <li>First decision after a restart: with that page, both a gate and an input are decided, and again until it succeeds.
 *   <li>Clicks: in pairs, the order within a pair by chance; see {@link Clicks}.
 * </ol>
 */
public class InputComparison {

    /** How many builds of each kind wait. */
    private static final int SIZE = Integer.getInteger("bench.size", 300);

    private static final int ROUNDS = 3;
    private static final int RESTARTS = 5;
    private static final int WARM_LISTS = 40;
    /** Clicks that are not counted, and builds that are started before anything is measured. */
    private static final int WARM_UP = 30;

    private static final int BUILDS_A_JOB = 10;

    @Rule
    public final RealJenkinsRule controller = new RealJenkinsRule()
            .withTimeout(0)
            .withPort(freePort())
            .javaOptions("-Xmx3g", "-Djenkins.install.runSetupWizard=false");

    private final Map<String, Map<Kind, List<Long>>> measured = new LinkedHashMap<>();
    private final Random chance = new Random(20_260_101);
    private final Map<Kind, Integer> started = new EnumMap<>(Map.of(Kind.GATE, 0, Kind.INPUT, 0));
    private Person alice;
    private String token;
    private URI root;

    @Test
    public void measure() throws Throwable {
        controller.startJenkins();
        root = controller.getUrl().toURI();
        token = controller.runRemotely(InputComparison::settle);
        alice = new Person(root, token);
        for (Kind kind : Kind.values()) {
            start(kind, WARM_UP + 2 * RESTARTS);
        }
        heap();
        listWarm();
        for (int i = 0; i < RESTARTS; i++) {
            listAfterRestart();
            decideAfterRestart();
        }
        clicks(WARM_UP, "warm-up");
        clicks(SIZE, "click");
        measured.remove("warm-up");
        File report = new File("target/bench/jenkins.json");
        report.getParentFile().mkdirs();
        new ObjectMapper().writeValue(report, measured);
    }

    private synchronized void note(String what, Kind kind, long value) {
        measured.computeIfAbsent(what, first -> new EnumMap<>(Kind.class))
                .computeIfAbsent(kind, first -> new ArrayList<>())
                .add(value);
        System.out.println("MEASURED " + what + " " + kind + " " + value);
    }

    /** Alice's API token. */
    private static String settle(JenkinsRule rule) throws Throwable {
        Jenkins jenkins = rule.jenkins;
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        User alice = realm.createAccount("alice", "alice");
        jenkins.setSecurityRealm(realm);
        GlobalMatrixAuthorizationStrategy permissions = new GlobalMatrixAuthorizationStrategy();
        PermissionEntry signedIn = new PermissionEntry(AuthorizationType.GROUP, "authenticated");
        permissions.add(Jenkins.READ, signedIn);
        permissions.add(Item.READ, signedIn);
        permissions.add(Item.BUILD, signedIn);
        jenkins.setAuthorizationStrategy(permissions);
        jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
        jenkins.save();
        configure(environment("production", "any", user("alice")));
        for (Kind kind : Kind.values()) {
            jenkins.createProject(Folder.class, kind.folder());
        }
        return rule.createApiToken(alice);
    }

    /** Has so many more builds of a kind wait. */
    private void start(Kind kind, int count) throws Throwable {
        int before = started.get(kind);
        controller.runRemotely(InputComparison::schedule, kind, before, count);
        started.put(kind, before + count);
        awaitAll(kind, before + count);
    }

    private static void schedule(JenkinsRule jenkins, Kind kind, Integer first, Integer count) throws Throwable {
        for (int build = first; build < first + count; build++) {
            String name = kind.job(build / BUILDS_A_JOB);
            WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
            if (job == null) {
                job = jenkins.jenkins
                        .getItemByFullName(kind.folder(), Folder.class)
                        .createProject(WorkflowJob.class, name.substring(name.indexOf('/') + 1));
                job.setDefinition(new CpsFlowDefinition(kind.script(), true));
            }
            job.scheduleBuild2(0).waitForStart();
        }
    }

    private void awaitAll(Kind kind, int count) throws Exception {
        while (alice.list(kind).size() != count) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void heap() throws Throwable {
        for (int round = 0; round < ROUNDS; round++) {
            List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
            if (round % 2 == 1) {
                Collections.reverse(kinds);
            }
            long before = controller.runRemotely(InputComparison::used);
            for (Kind kind : kinds) {
                start(kind, SIZE / ROUNDS);
                long after = controller.runRemotely(InputComparison::used);
                note("heap", kind, (after - before) / (SIZE / ROUNDS));
                before = after;
            }
        }
    }

    /** Bytes of heap, once two collections in a row found nothing more to free. */
    private static Long used(JenkinsRule jenkins) throws Throwable {
        long least = Long.MAX_VALUE;
        for (int same = 0; same < 3; same++) {
            TimeUnit.SECONDS.sleep(2);
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (used < least - (100 << 10)) {
                same = 0;
            }
            least = Math.min(least, used);
        }
        return least;
    }

    private void listWarm() throws Exception {
        for (int i = 0; i < 2 * WARM_LISTS; i++) {
            for (Kind kind : Kind.values()) {
                long begin = System.nanoTime();
                alice.list(kind);
                if (i >= WARM_LISTS) {
                    note("list, warm", kind, System.nanoTime() - begin);
                }
            }
        }
    }

    /** Something that is done with the first page that Jenkins answers after a restart. */
    private interface Deed {
        void run(Kind kind) throws Exception;
    }

    private void listAfterRestart() throws Throwable {
        restart("list after a restart", alice::list);
    }

    private void decideAfterRestart() throws Throwable {
        Map<Kind, Waiting> chosen = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            List<Waiting> waiting = alice.list(kind);
            chosen.put(kind, waiting.get(chance.nextInt(waiting.size())));
            started.merge(kind, -1, Integer::sum);
        }
        restart("first decision", kind -> {
            while (alice.click(chosen.get(kind)) != 200) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        });
    }

    private void restart(String what, Deed deed) throws Throwable {
        controller.stopJenkins();
        CompletableFuture<Void> done = inTheBackground(() -> withTheFirstPage(what, deed));
        controller.startJenkins();
        done.get();
        for (Kind kind : Kind.values()) {
            awaitAll(kind, alice.list(kind).size());
        }
        TimeUnit.SECONDS.sleep(10);
    }

    private void withTheFirstPage(String what, Deed deed) throws Exception {
        awaitPage();
        long begin = System.nanoTime();
        List<CompletableFuture<Void>> both = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            both.add(inTheBackground(() -> {
                deed.run(kind);
                note(what, kind, System.nanoTime() - begin);
            }));
        }
        both.forEach(CompletableFuture::join);
    }

    /** On a thread of its own: those that are shared are as few as the processors. */
    private static CompletableFuture<Void> inTheBackground(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Exception failed) {
                        done.completeExceptionally(failed);
                    }
                })
                .start();
        return done;
    }

    private interface Work {
        void run() throws Exception;
    }

    private void awaitPage() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest page = HttpRequest.newBuilder(root.resolve("login")).build();
        int status = 0;
        while (status != 200) {
            TimeUnit.MILLISECONDS.sleep(5);
            try {
                status = client.send(page, HttpResponse.BodyHandlers.discarding()).statusCode();
            } catch (IOException notYet) {
                status = 0;
            }
        }
    }

    private void clicks(int count, String what) throws Throwable {
        List<Waiting> gates = alice.list(Kind.GATE);
        List<Waiting> inputs = alice.list(Kind.INPUT);
        ArrayList<Waiting> all = new ArrayList<>();
        for (int i = 0; i < Math.min(count, Math.min(gates.size(), inputs.size())); i++) {
            List<Waiting> pair = new ArrayList<>(List.of(gates.get(i), inputs.get(i)));
            Collections.shuffle(pair, chance);
            all.addAll(pair);
        }
        ArrayList<Long> times = controller.runRemotely(Clicks::time, all, token);
        for (int i = 0; i < all.size(); i++) {
            note(what, all.get(i).kind(), times.get(i));
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }
}
