package io.jenkins.plugins.approvalgate.docs;

import static io.jenkins.plugins.approvalgate.Jenkinses.PATIENCE;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configuration;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.keeper;
import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.Assume.assumeFalse;

import hudson.Functions;
import hudson.cli.CLICommand;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.config.EnvironmentItem;
import io.jenkins.plugins.approvalgate.engine.docs.Documents;
import io.jenkins.plugins.approvalgate.engine.docs.WholeYaml;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.host.origin.GitRepository;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.args4j.Option;

/**
 * What the documents show as code, on a real Jenkins: every block of YAML is applied as configuration as code, every block of
 * Groovy is run, and every command of the CLI is looked up.
 *
 * <p>A block of Groovy is the Jenkinsfile of a branch {@code main}. Whatever it names may be an environment that
 * {@code alice} approves; {@code make} on its agents does nothing. One that begins with {@code // vars/NAME.groovy} is that
 * file of a shared library, which the blocks have under whatever name they load.
 */
public class DocumentsOnJenkinsTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final Pattern LIBRARY_FILE = Pattern.compile("// (vars/\\w+\\.groovy)\n");
    private static final Pattern LIBRARY = Pattern.compile("@Library\\('([^'@]+)(?:@([^']+))?'\\)");
    private static final Pattern NAME = Pattern.compile("'([a-z][a-z0-9]*(?:-[a-z0-9]+)*)'");
    private static final Pattern COMMAND = Pattern.compile("(?:^|[ (])(?:cli|jenkins-cli\\.jar.*?) ([a-z]+(?:-[a-z]+)+)([^|>;&]*)");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private MockSCMController repositories;

    @BeforeClass
    public static void allowLocalRepositories() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
    }

    @AfterClass
    public static void forbidThemAgain() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    @Before
    public void settled() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        repositories = MockSCMController.create();
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
        repositories.close();
        GlobalLibraries.get().setLibraries(List.of());
    }

    // YAML

    @Test
    public void everyBlockOfYaml_isConfigurationAsCode() throws Exception {
        List<String> wrong = new ArrayList<>();
        List<Documents.Block> blocks = Documents.blocks("yaml");
        assertThat(blocks).hasSizeGreaterThan(15);
        for (Documents.Block block : blocks) {
            nothingConfigured();
            Path file = Files.writeString(folder.newFolder().toPath().resolve("documented.yaml"), WholeYaml.of(block));
            try {
                ConfigurationAsCode.get().configure(file.toString());
                if (configuration().settings().equals(Settings.EMPTY)) {
                    wrong.add(block + ": configured nothing");
                }
            } catch (Exception refused) {
                wrong.add(block + ": " + refused);
            }
        }
        nothingConfigured();
        assertThat(wrong).isEmpty();
    }

    private static void nothingConfigured() {
        configuration().setEnvironments(List.of());
        configuration().setApproverGroups(List.of());
        configuration().setWebhooks(List.of());
        configuration().setAudit(null);
        assertThat(configuration().settings()).isEqualTo(Settings.EMPTY);
    }

    // Groovy

    @Test
    public void everyBlockOfGroovy_isAPipelineThatGoesThrough() throws Exception {
        assumeFalse("the pipelines run sh", Functions.isWindows());
        List<Documents.Block> blocks = Documents.blocks("groovy");
        assertThat(blocks).hasSizeGreaterThan(4);
        provideMake();
        provideLibrary(blocks);
        configuration().setEnvironments(environments(blocks));
        for (int i = 0; i < blocks.size(); i++) {
            if (!LIBRARY_FILE.matcher(blocks.get(i).text()).lookingAt()) {
                run("block-" + i, blocks.get(i));
            }
        }
    }

    private static List<EnvironmentItem> environments(List<Documents.Block> blocks) {
        Set<String> names = new TreeSet<>();
        for (Documents.Block block : blocks) {
            NAME.matcher(block.text()).results().forEach(found -> names.add(found.group(1)));
        }
        return names.stream().map(name -> environment(name, "any", user("alice"))).toList();
    }

    private void provideMake() throws Exception {
        Path make = folder.newFolder("tools").toPath().resolve("make");
        Files.writeString(make, "#!/bin/sh\necho \"make $*\"\n");
        assertThat(make.toFile().setExecutable(true)).isTrue();
        jenkins.jenkins.getGlobalNodeProperties().replaceBy(List.of(new EnvironmentVariablesNodeProperty(
                new EnvironmentVariablesNodeProperty.Entry("PATH+TOOLS", make.getParent().toString()))));
    }

    private void provideLibrary(List<Documents.Block> blocks) throws Exception {
        GitRepository repository = new GitRepository(folder.newFolder("library").toPath());
        repository.commit("README", "What the documents load.");
        Map<String, LibraryConfiguration> libraries = new LinkedHashMap<>();
        for (Documents.Block block : blocks) {
            Matcher file = LIBRARY_FILE.matcher(block.text());
            if (file.lookingAt()) {
                repository.commit(file.group(1), block.text());
            }
            for (Matcher library = LIBRARY.matcher(block.text()); library.find(); ) {
                LibraryConfiguration configuration = new LibraryConfiguration(
                        library.group(1), new SCMSourceRetriever(new GitSCMSource(repository.url())));
                configuration.setDefaultVersion("main");
                libraries.put(library.group(1), configuration);
            }
        }
        for (Documents.Block block : blocks) {
            for (Matcher library = LIBRARY.matcher(block.text()); library.find(); ) {
                if (library.group(2) != null) {
                    repository.git("tag", "--force", library.group(2));
                }
            }
        }
        GlobalLibraries.get().setLibraries(List.copyOf(libraries.values()));
    }

    private void run(String name, Documents.Block block) throws Exception {
        repositories.createRepository(name);
        repositories.createBranch(name, "main");
        repositories.addFile(name, "main", "Pipeline", "Jenkinsfile", block.text().getBytes(StandardCharsets.UTF_8));
        repositories.deleteBranch(name, "master");
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, name);
        project.getSourcesList().add(new BranchSource(new MockSCMSource(repositories, name, new MockSCMDiscoverBranches())));
        project.scheduleBuild2(0).getFuture().get();
        WorkflowJob job = project.getItem("main");
        await().atMost(PATIENCE).until(() -> job.getLastBuild() != null);
        WorkflowRun build = job.getLastBuild();
        Set<String> passed = new TreeSet<>();
        await().alias(block.toString()).atMost(PATIENCE).until(() -> {
            decide(build, passed);
            return !build.isBuilding();
        });
        assertThat(build.getResult()).as("%s:%n%s", block, JenkinsRule.getLog(build)).isEqualTo(Result.SUCCESS);
        assertThat(passed).as("%s asked for a gate:%n%s", block, JenkinsRule.getLog(build)).isNotEmpty();
    }

    /** Lets it pass wherever it waits. */
    private static void decide(WorkflowRun build, Set<String> passed) throws Exception {
        for (Gate gate : keeper().open()) {
            approve(gate, "alice");
            passed.add(gate.id());
        }
        InputAction inputs = build.getAction(InputAction.class);
        if (inputs != null) {
            for (InputStepExecution input : inputs.getExecutions()) {
                input.doProceedEmpty();
                passed.add(input.getId());
            }
        }
    }

    // The CLI

    @Test
    public void everyCommandOfTheCli_isThereWithItsOptions() {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Documents.Block block : Documents.blocks("sh", "bash")) {
            for (String line : block.text().lines().filter(line -> !line.contains("cli()")).toList()) {
                for (Matcher found = COMMAND.matcher(line); found.find(); seen++) {
                    unknown(found.group(1), found.group(2)).map(what -> block + ": " + what).forEach(wrong::add);
                }
            }
        }
        assertThat(seen).isGreaterThan(4);
        assertThat(wrong).isEmpty();
    }

    /** What of a command there is not. */
    private static Stream<String> unknown(String name, String arguments) {
        CLICommand command = CLICommand.clone(name);
        if (command == null) {
            return Stream.of("there is no command " + name);
        }
        return Arrays.stream(arguments.split("\\s+"))
                .filter(word -> word.startsWith("--"))
                .filter(option -> optionsOf(command).stream().noneMatch(option::equals))
                .map(option -> name + " has no " + option);
    }

    private static Set<String> optionsOf(CLICommand command) {
        Set<String> options = new TreeSet<>();
        for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null) {
                    options.add(option.name());
                }
            }
        }
        return options;
    }
}
