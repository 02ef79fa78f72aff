package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Origin.Library;
import io.jenkins.plugins.approvalgate.engine.gate.Origin.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class RequiredTemplateTest {

    private static final Library DEPLOY = new Library("deploy", "v1.2", true);
    private static final Script SCRIPT = new Script("https://git.example/team/app.git", "ci/Jenkinsfile");

    private static final Map<String, Object> EVERYTHING = Map.of(
            "library", "deploy", "version", "v*", "repository", "https://git.example/team/*", "path", "ci/**");

    private static CheckResult evaluate(Map<String, Object> settings, Optional<Script> script, boolean replayed, Library... libraries) {
        Origin origin = new Origin(Optional.empty(), script, List.of(libraries), replayed);
        return Asked.evaluate(Asked.check("requiredTemplate", settings), Asked.origin(origin));
    }

    private static CheckResult libraries(String version, Library... libraries) {
        return evaluate(Map.of("library", "deploy", "version", version), Optional.empty(), false, libraries);
    }

    @Test
    public void everything_met() {
        assertThat(evaluate(EVERYTHING, Optional.of(SCRIPT), false, new Library("other", "x", false), DEPLOY))
                .isEqualTo(CheckResult.pass("The build loaded library deploy in version v1.2 and runs the script ci/Jenkinsfile"
                        + " from https://git.example/team/app.git."));
    }

    @Test
    public void everything_missing_hasASentenceEach() {
        assertThat(evaluate(EVERYTHING, Optional.empty(), true))
                .isEqualTo(CheckResult.fail("The build has to load library deploy before it comes here, and has not. The pipeline's"
                        + " script was not read from a repository: the job has to take the script ci/** from"
                        + " https://git.example/team/*. The build is a replay, whose script can be another than the one in the"
                        + " repository: start a new build instead."));
        assertThat(evaluate(EVERYTHING, Optional.of(new Script("https://u:pw@evil.example/x", "Jenkinsfile")), false, DEPLOY).reason())
                .isEqualTo("The pipeline's script comes from https://evil.example/x: it has to come from"
                        + " https://git.example/team/*. The pipeline's script is Jenkinsfile: it has to be ci/**.");
    }

    @Test
    public void library_hasToBeLoadedTrustedAndOfTheVersion() {
        assertThat(libraries("v*", DEPLOY).verdict()).isEqualTo(Verdict.PASS);
        assertThat(libraries("v*", new Library("Deploy", "v1.2", true)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(libraries("v*", new Library("deploy2", "v1.2", true)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(libraries("v*", new Library("deploy", "v1.2", false)).reason())
                .isEqualTo("The build loaded a library deploy of its own choice: it has to be the one that the administrators"
                        + " provide as a trusted library.");
        assertThat(libraries("v*", new Library("deploy", "main", true)).reason())
                .isEqualTo("The build loaded library deploy in version main: it has to be v*.");
        assertThat(libraries("v*", new Library("deploy", "v/1", true)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(libraries("", new Library("deploy", "feature/x", true)).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    public void library_loadedTwice_bothHaveToDo() {
        assertThat(libraries("v*", DEPLOY, new Library("deploy", "v1.2", false)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(libraries("v*", DEPLOY, new Library("deploy", "main", true)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(libraries("v*", DEPLOY, new Library("deploy", "v2", true)).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    public void repository_table() {
        String table = """
                https://git.example/team/app      https://git.example/team/app            PASS
                https://git.example/team/app      https://git.example/team/app.git        PASS
                https://git.example/team/app      https://git.example/team/app.git/       PASS
                https://git.example/team/app      https://git.example/team/app/           PASS
                https://git.example/team/app.git  https://git.example/team/app            PASS
                https://git.example/team/app/     https://git.example/team/app.git        PASS
                https://git.example/team/app      https://git.example/team/app.git.git    FAIL
                https://git.example/team/app      https://git.example/team/App            FAIL
                https://git.example/team/app      http://git.example/team/app             FAIL
                https://git.example/team/app      https://git.example:443/team/app        FAIL
                https://git.example/team/app      git@git.example:team/app.git            FAIL
                git@git.example:team/*            git@git.example:team/app.git            PASS
                https://git.example/team/*        https://git.example/team/app            PASS
                https://git.example/team/*        https://git.example/team/a/b            FAIL
                https://git.example/team/*.git    https://git.example/team/app            PASS
                https://git.example/team/**       https://git.example/team/a/b            PASS
                https://git.example/team/**       https://git.example/team/../evil        FAIL
                https://git.example/team/**       https://git.example/team/%2E%2e/evil    FAIL
                https://git.example/team/**       https://git.example/team/..%2fevil      FAIL
                https://git.example/team/**       https://git.example.evil/team/app       FAIL
                https://git.example/team/*        https://git.example/team/a?b            FAIL
                https://*.example/app             https://git.example/app                 PASS
                https://*.example/app             https://evil.com?.example/app           FAIL
                https://*.example/app             https://evil.com#.example/app           FAIL
                https://*.example/app             https://evil.com\\.example/app          FAIL
                https://*.example/app             https://evil.com/.example/app           FAIL
                /srv/git/*                        /srv/git/app.git                        PASS
                C:\\repos\\*                      C:\\repos\\app                          PASS
                C:\\repos\\*                      C:\\repos\\..\\evil                     FAIL
                """;
        assertThat(table.lines()).allSatisfy(line -> {
            String[] row = line.split(" +");
            assertThat(evaluate(Map.of("repository", row[0]), Optional.of(new Script(row[1], "x")), false).verdict().name())
                    .as(line)
                    .isEqualTo(row[2]);
        });
    }

    @Test
    public void path_climbsNowhere() {
        Map<String, Verdict> paths = Map.of(
                "ci/Jenkinsfile", Verdict.PASS,
                "ci/a/b", Verdict.PASS,
                "ci", Verdict.FAIL,
                "CI/Jenkinsfile", Verdict.FAIL,
                "ci/../Jenkinsfile", Verdict.FAIL,
                "ci/..\\Jenkinsfile", Verdict.FAIL,
                "ci/..x", Verdict.PASS);
        paths.forEach((path, verdict) ->
                assertThat(evaluate(Map.of("path", "ci/**"), Optional.of(new Script("r", path)), false).verdict()).as(path).isEqualTo(verdict));
    }

    @Test
    public void script_notFromARepository_fails() {
        assertThat(evaluate(Map.of("path", "Jenkinsfile"), Optional.empty(), false).reason())
                .isEqualTo("The pipeline's script was not read from a repository: the job has to take the script Jenkinsfile from a"
                        + " repository.");
        assertThat(evaluate(Map.of("repository", "https://x/y"), Optional.empty(), false).reason()).contains("a script from https://x/y.");
    }

    @Test
    public void replay_onlyWhereAllowed() {
        assertThat(evaluate(Map.of("library", "deploy"), Optional.empty(), true, DEPLOY).reason())
                .isEqualTo("The build is a replay, whose script can be another than the one in the repository: start a new build"
                        + " instead.");
        assertThat(evaluate(Map.of("library", "deploy", "allowReplay", true), Optional.empty(), true, DEPLOY).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    public void summary() {
        assertThat(Asked.check("requiredTemplate", EVERYTHING).summary())
                .isEqualTo("must load library deploy (version v*), must run the script ci/** from https://git.example/team/*, must"
                        + " not be a replay");
        assertThat(Asked.check("requiredTemplate", Map.of("library", "deploy", "allowReplay", true)).summary())
                .isEqualTo("must load library deploy");
        assertThat(Asked.check("requiredTemplate", Map.of("repository", "https://u:pw@x/y")).summary())
                .isEqualTo("must run a script from https://x/y, must not be a replay");
    }

    @Test
    public void settings_areRefusedByName() {
        refused(Map.of(), "requiredTemplate: library, repository or path is missing: name at least one of them");
        refused(Map.of("version", "v*", "path", "x"), "requiredTemplate: version: is that of a library: name it in the setting library");
        refused(Map.of("library", "x", "allowReplay", "no"), "requiredTemplate: allowReplay: has to be true or false");
        refused(Map.of("library", List.of("x")), "requiredTemplate: library: has to be a text");
    }

    private static void refused(Map<String, Object> settings, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.check("requiredTemplate", settings))
                .withMessage(why);
    }
}
