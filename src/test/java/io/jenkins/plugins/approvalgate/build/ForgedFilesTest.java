package io.jenkins.plugins.approvalgate.build;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** What somebody wrote into the files that Jenkins reads for us. */
public class ForgedFilesTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void settleDown() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "any", user("alice"), user("bob")));
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private static Path file(WorkflowRun build) {
        return build.getRootDir().toPath().resolve("build.xml");
    }

    /** A build that passed its gate, with its record. */
    private static WorkflowRun passed(WorkflowJob job) throws Exception {
        WorkflowRun build = start(job, "developer");
        Gate gate = approve(openGate(), "alice");
        jenkins.waitForCompletion(build);
        await().atMost(PATIENCE).until(() -> Files.readString(file(build)).contains("closed") && GateRecords.has(build, gate.id()));
        return build;
    }

    private static String record(WorkflowRun build) throws IOException {
        Matcher action = Pattern.compile("(?s)<" + GateRecords.class.getName() + "[ >].*</" + GateRecords.class.getName() + ">")
                .matcher(Files.readString(file(build)));
        assertThat(action.find()).isTrue();
        return action.group();
    }

    private static String gateId(String record) {
        Matcher id = Pattern.compile("<string>([0-9a-z]{26})</string>").matcher(record);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    /** The build's file with {@code record} in the place of its own, read again. */
    private static WorkflowRun with(WorkflowRun build, String record) throws IOException {
        Files.writeString(file(build), Files.readString(file(build)).replace(record(build), record));
        build.reload();
        return build;
    }

    @Test
    public void recordOfAnotherBuild_isNoneOfThis() throws Exception {
        WorkflowJob job = pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')");
        WorkflowRun first = passed(job);
        WorkflowRun second = passed(job);
        String stolen = record(first);
        String own = gateId(record(second));
        // Under its own id it tells of another build; under this build's it is not sound.
        with(second, stolen);
        assertThatThrownBy(() -> GateRecords.gate(second, own)).hasMessageContaining("is not sound");
        Gate foreign = GateRecords.gate(second, gateId(stolen));
        assertThat(io.jenkins.plugins.approvalgate.host.Builds.isOf(second, foreign.request())).isFalse();
        assertThat(LockHolders.isOf(second, foreign)).isFalse();
        with(second, stolen.replace(gateId(stolen), own));
        assertThatThrownBy(() -> GateRecords.gate(second, own)).hasMessageContaining("is not sound");
    }

    /** What stands in the place of the record, by what it is. */
    private Map<String, String> forgeries(String sound, Path trace) {
        String name = GateRecords.class.getName();
        Map<String, String> table = new LinkedHashMap<>();
        table.put("nothing in it", "<" + name + "/>");
        table.put("no map", "<" + name + "><gates class=\"string\">x</gates></" + name + ">");
        table.put("texts for records", "<" + name + "><gates><entry><string>a</string><string>b</string></entry></gates></" + name + ">");
        table.put("numbers for ids", "<" + name + "><gates><entry><int>1</int><int>2</int></entry></gates></" + name + ">");
        table.put("a process", "<" + name + "><gates><entry><string>a</string><java.lang.ProcessBuilder><command><string>touch</string><string>"
                + trace + "</string></command></java.lang.ProcessBuilder></entry></gates></" + name + ">");
        table.put("a proxy that starts one", "<" + name + "><gates class=\"tree-map\"><entry><dynamic-proxy>"
                + "<interface>java.lang.Comparable</interface><handler class=\"java.beans.EventHandler\"><target class=\"java.lang.ProcessBuilder\">"
                + "<command><string>touch</string><string>" + trace + "</string></command></target><action>start</action></handler>"
                + "</dynamic-proxy><string>x</string></entry><entry><string>b</string><string>c</string></entry></gates></" + name + ">");
        table.put("a gadget of commons-collections", "<" + name + "><gates class=\"org.apache.commons.collections.map.LazyMap\"/></" + name + ">");
        table.put("a code that is none", sound.replaceAll("<code>[^<]*</code>", "<code>0000</code>"));
        table.put("no code", sound.replaceAll("<code>[^<]*</code>", ""));
        table.put("other events", sound.replace("alice", "mallory"));
        table.put("deep events", sound.replaceAll("(?s)<events>.*?</events>", "<events>" + "[".repeat(100_000) + "</events>"));
        return table;
    }

    @Test
    public void forgedRecords_areNone_runNothing_andTheBuildsPageIsThere() throws Exception {
        WorkflowRun build = passed(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"));
        String sound = record(build);
        String id = gateId(sound);
        String whole = Files.readString(file(build));
        Path trace = folder.getRoot().toPath().resolve("trace");
        for (Map.Entry<String, String> row : forgeries(sound, trace).entrySet()) {
            Files.writeString(file(build), whole.replace(sound, row.getValue()));
            build.reload();
            assertThat(GateRecords.has(build, id)).as(row.getKey()).isFalse();
            assertThat(Calls.by(jenkins, "alice").get(build.getUrl()).statusCode()).as(row.getKey()).isEqualTo(200);
            assertThat(trace).as(row.getKey()).doesNotExist();
        }
    }

    @Test
    public void entityInTheConfiguration_isNotFollowed() throws Exception {
        Path secret = folder.newFile("secret").toPath();
        Files.writeString(secret, "top-secret-of-this-machine");
        configuration().save();
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(configuration().getId() + ".xml");
        String sound = Files.readString(file);
        assertThat(sound).contains("staging");
        String head = sound.substring(0, sound.indexOf("?>") + 2);
        Files.writeString(file, head + "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>"
                + sound.substring(head.length()).replace("staging", "staging&e;"));
        try {
            configuration().load();
        } finally {
            assertThat(configuration().getEnvironments())
                    .allSatisfy(environment -> assertThat(String.valueOf(environment.getName())).doesNotContain("top-secret"));
            Files.writeString(file, sound);
        }
    }
}
