package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class AllowedJobsTest {

    private static final String TABLE = """
            team/app/main           | -              | team/app/main            | PASS
            team/app/main           | -              | team/app/Main            | FAIL
            team/app/main           | -              | team/app                 | FAIL
            team/app/main           | -              | other/team/app/main      | FAIL
            team/*/main             | -              | team/app/main            | PASS
            team/*/main             | -              | team/a/b/main            | FAIL
            team/**                 | -              | team/app/main            | PASS
            team/**                 | -              | team                     | FAIL
            team/**                 | -              | team2/app                | FAIL
            team/**                 | -              | team/../evil             | FAIL
            team/**                 | -              | team/                    | FAIL
            team/**                 | team/sandbox/** | team/sandbox/x          | FAIL
            team/**                 | team/sandbox/** | team/sandbox            | PASS
            team/**                 | team/sandbox/** | team/app                | PASS
            team/app                | **             | team/app                 | FAIL
            **/main                 | -              | main                     | PASS
            **/main                 | -              | team/app/main            | PASS
            **/main                 | -              | team/app/feature%2Fmain  | FAIL
            team/app/feature%2F*    | -              | team/app/feature%2Fmain  | PASS
            deploy, team/*          | -              | deploy                   | PASS
            deploy, team/*          | -              | deploy, team             | FAIL
            my job                  | -              | my job                   | PASS
            **                      | -              | a                        | PASS
            """;

    private static Check check(String allowed, String excluded) {
        return Asked.check("allowedJobs", Map.of("allowed", allowed, "excluded", excluded));
    }

    @Test
    public void table() {
        assertThat(TABLE.lines()).allSatisfy(row -> {
            String[] cells = row.split(" +\\| +");
            Check check = check(cells[0], cells[1].equals("-") ? "" : cells[1]);
            assertThat(Asked.evaluate(check, Asked.job(cells[2])).verdict().name()).as(row).isEqualTo(cells[3]);
        });
    }

    @Test
    public void reasons() {
        Check check = check("team/**, deploy", "team/sandbox/**");
        assertThat(Asked.evaluate(check, Asked.job("deploy"))).isEqualTo(CheckResult.pass("Job deploy is allowed here."));
        assertThat(Asked.evaluate(check, Asked.job("team/app")))
                .isEqualTo(CheckResult.pass("Job team/app is allowed here by the pattern team/**."));
        assertThat(Asked.evaluate(check, Asked.job("other")))
                .isEqualTo(CheckResult.fail("Job other is not allowed here: production takes team/**, deploy only."));
        assertThat(Asked.evaluate(check, Asked.job("team/sandbox/x")))
                .isEqualTo(CheckResult.fail("Job team/sandbox/x is not allowed here: production excludes team/sandbox/**."));
        assertThat(check.summary()).isEqualTo("only jobs team/**, deploy, not team/sandbox/**");
    }

    @Test
    public void patternsThatCannotMatchAnything_areRefused() {
        for (String pattern : List.of("/team/**", "team/", "a//b", "a/./b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> check("**", pattern))
                    .withMessageStartingWith("allowedJobs: excluded: no name matches \"" + pattern + "\"");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> check("", "x")).withMessage("allowedJobs: allowed: is missing");
    }
}
