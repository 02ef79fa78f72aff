package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Origin.Head;
import io.jenkins.plugins.approvalgate.engine.gate.Origin.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Test;

public class BranchControlTest {

    private static final long SEED = 20_260_303;

    /**
     * What is allowed, what is excluded, the head, and the verdict. {@code typed} is a branch as a person writes it,
     * {@code branch}, {@code pr} and {@code tag} are heads as the host names them. In names {@code ␠} is a space, {@code ␤} a
     * line end, {@code ␀} a character that cannot be seen, {@code e'} a letter and its accent apart, {@code …} 5000 times x.
     */
    private static final String TABLE = """
            # a name in full
            main                    | -              | branch main                      | PASS
            main                    | -              | branch Main                      | FAIL
            main                    | -              | branch MAIN                      | FAIL
            main                    | -              | branch mainx                     | FAIL
            main                    | -              | branch xmain                     | FAIL
            main                    | -              | branch main2                     | FAIL
            main                    | -              | branch x/main                    | FAIL
            main                    | -              | branch main/x                    | FAIL
            main                    | -              | branch mai                       | FAIL
            main                    | -              | branch feature/x                 | FAIL
            main                    | -              | branch origin/main               | FAIL
            main                    | -              | branch remotes/origin/main       | FAIL
            main,develop            | -              | branch develop                   | PASS
            main,develop            | -              | branch main,develop              | FAIL
            main, develop           | -              | branch develop                   | PASS
            # one segment
            release/*               | -              | branch release/1                 | PASS
            release/*               | -              | branch release/1.2.3             | PASS
            release/*               | -              | branch release/                  | FAIL
            release/*               | -              | branch release                   | FAIL
            release/*               | -              | branch release/a/b               | FAIL
            release/*               | -              | branch Release/1                 | FAIL
            release/*               | -              | branch RELEASE/1                 | FAIL
            release/*               | -              | branch release\\1                | FAIL
            release/*               | -              | branch releases/1                | FAIL
            release/*               | -              | branch xrelease/1                | FAIL
            release/*               | -              | branch x/release/1               | FAIL
            release/*               | -              | branch release//1                | FAIL
            release/*               | -              | branch release/1/                | FAIL
            release/*               | -              | branch release/..                | FAIL
            release/*               | -              | branch release/.                 | FAIL
            release/*               | -              | branch release/.x                | PASS
            release/*               | -              | branch release/...               | PASS
            release/1.?             | -              | branch release/1.2               | PASS
            release/1.?             | -              | branch release/1.20              | FAIL
            release/1.?             | -              | branch release/1./               | FAIL
            release/1.2             | -              | branch release/1x2               | FAIL
            *                       | -              | branch main                      | PASS
            *                       | -              | branch feature/x                 | FAIL
            *-fix                   | -              | branch a-fix                     | PASS
            *-fix                   | -              | branch -fix                      | PASS
            *-fix                   | -              | branch a/b-fix                   | FAIL
            # many segments
            **                      | -              | branch main                      | PASS
            **                      | -              | branch a/b/c/d                   | PASS
            release/**              | -              | branch release/1                 | PASS
            release/**              | -              | branch release/a/b               | PASS
            release/**              | -              | branch release                   | FAIL
            release/**              | -              | branch release/                  | FAIL
            release/**              | -              | branch release/a/../b            | FAIL
            **/hotfix               | -              | branch hotfix                    | PASS
            **/hotfix               | -              | branch team/a/hotfix             | PASS
            **/hotfix               | -              | branch xhotfix                   | FAIL
            # refs/heads/
            refs/heads/main         | -              | branch main                      | PASS
            main                    | -              | typed refs/heads/main            | PASS
            refs/heads/main         | -              | typed refs/heads/main            | PASS
            refs/heads/main         | -              | typed main                       | PASS
            refs/heads/release/*    | -              | branch release/1                 | PASS
            refs/heads/**           | -              | branch a/b                       | PASS
            main                    | -              | typed Refs/Heads/main            | FAIL
            main                    | -              | branch refs/heads/main           | FAIL
            main                    | -              | typed refs/heads/refs/heads/main | FAIL
            refs/heads/main         | -              | branch refs/heads/main           | FAIL
            refs/heads/refs/heads/main | -           | branch refs/heads/main           | PASS
            refs/heads/refs/heads/main | -           | branch main                      | FAIL
            heads/main              | -              | branch main                      | FAIL
            refs/**                 | -              | branch main                      | FAIL
            refs/remotes/origin/main | -             | branch main                      | FAIL
            # pull requests
            main                    | -              | pr main                          | FAIL
            **                      | -              | pr main                          | FAIL
            *                       | -              | pr main                          | FAIL
            refs/heads/main         | -              | pr main                          | FAIL
            refs/heads/**           | -              | pr PR-12                         | FAIL
            PR-*                    | -              | pr main                          | FAIL
            refs/pull/**            | -              | pr main                          | FAIL
            **                      | -              | pr PR-12                         | FAIL
            *                       | -              | pr PR-12                         | FAIL
            ??-12                   | -              | pr PR-12                         | FAIL
            P*                      | -              | pr PR-12                         | FAIL
            PR*                     | -              | pr PR-12                         | FAIL
            PR-*                    | -              | pr PR-12                         | PASS
            PR-12                   | -              | pr PR-12                         | PASS
            PR-12                   | -              | pr PR-123                        | FAIL
            PR-?                    | -              | pr PR-12                         | FAIL
            PR-??                   | -              | pr PR-12                         | PASS
            pr-*                    | -              | pr PR-12                         | FAIL
            PR-*                    | -              | pr PR-12-head                    | PASS
            PR-*-merge              | -              | pr PR-12-merge                   | PASS
            PR-*-merge              | -              | pr PR-12-head                    | FAIL
            PR-*                    | -              | pr refs/pull/12/head             | FAIL
            refs/heads/PR-*         | -              | pr PR-12                         | FAIL
            refs/pull/*             | -              | pr PR-12                         | PASS
            refs/pull/12            | -              | pr PR-12                         | PASS
            refs/pull/12            | -              | pr PR-123                        | FAIL
            refs/pull/**            | -              | pr PR-12                         | PASS
            refs/pull/*/head        | -              | pr PR-12                         | FAIL
            refs/pull/*/head        | -              | pr PR-12-head                    | PASS
            refs/pull/*/head        | -              | pr PR-12-merge                   | FAIL
            refs/pull/*/merge       | -              | pr PR-12-merge                   | PASS
            refs/pull/*             | -              | pr PR-12-merge                   | PASS
            refs/pull/*             | -              | pr PR-                           | FAIL
            refs/**                 | -              | pr PR-12                         | FAIL
            # a branch that is called as if it were something else
            PR-*                    | -              | branch PR-1                      | PASS
            **                      | -              | branch PR-1                      | PASS
            refs/heads/PR-*         | -              | branch PR-1                      | PASS
            refs/pull/*             | -              | branch PR-1                      | FAIL
            refs/pull/**            | -              | branch refs/pull/1/head          | FAIL
            refs/tags/**            | -              | branch refs/tags/v1              | FAIL
            refs/tags/v*            | -              | branch v1                        | FAIL
            refs/heads/refs/tags/*  | -              | branch refs/tags/v1              | PASS
            **                      | -              | branch refs/tags/v1              | PASS
            # tags
            main                    | -              | tag main                         | FAIL
            **                      | -              | tag main                         | FAIL
            refs/heads/main         | -              | tag main                         | FAIL
            v*                      | -              | tag v1.0                         | FAIL
            refs/**                 | -              | tag v1.0                         | FAIL
            refs/tag*/v*            | -              | tag v1.0                         | FAIL
            refs/heads/refs/tags/v* | -              | tag v1.0                         | FAIL
            refs/tags/v*            | -              | tag v1.0                         | PASS
            refs/tags/v*            | -              | tag V1.0                         | FAIL
            refs/tags/v*            | -              | tag v1/0                         | FAIL
            refs/tags/**            | -              | tag v1/0                         | PASS
            refs/tags/main          | -              | tag main                         | PASS
            refs/tags/main          | -              | branch main                      | FAIL
            refs/tags/v*            | -              | tag refs/tags/v1.0               | FAIL
            refs/tags/**            | -              | tag v1/                          | FAIL
            PR-*                    | -              | tag PR-1                         | FAIL
            refs/tags/*             | -              | pr PR-1                          | FAIL
            # exclusions win
            **                      | main           | branch main                      | FAIL
            main                    | main           | branch main                      | FAIL
            **                      | main           | branch develop                   | PASS
            release/*               | release/old    | branch release/old               | FAIL
            release/*               | release/old    | branch release/older             | PASS
            release/*               | release/old*   | branch release/older             | FAIL
            release/*               | RELEASE/OLD    | branch release/old               | PASS
            release/**              | **/old         | branch release/a/old             | FAIL
            release/**              | release/**/old | branch release/old               | FAIL
            **                      | refs/heads/main | branch main                     | FAIL
            refs/heads/**           | main           | branch main                      | FAIL
            **                      | refs/heads/**  | branch main                      | FAIL
            main                    | a, b, main     | branch main                      | FAIL
            **                      | main           | typed refs/heads/main            | FAIL
            **                      | refs/heads/main | branch refs/heads/main          | FAIL
            main                    | **             | branch main                      | FAIL
            PR-*                    | **             | pr PR-12                         | FAIL
            PR-*                    | *              | pr PR-12                         | FAIL
            PR-*                    | PR-12          | pr PR-12                         | FAIL
            PR-*                    | refs/pull/12   | pr PR-12                         | FAIL
            refs/pull/*             | PR-12          | pr PR-12                         | FAIL
            PR-*                    | refs/pull/*/head | pr PR-12-head                  | FAIL
            PR-*                    | refs/pull/12   | pr PR-12-head                    | FAIL
            PR-*                    | main           | pr PR-12                         | PASS
            PR-*                    | PR-1           | pr PR-12                         | PASS
            refs/tags/*             | **             | tag v1                           | FAIL
            refs/tags/*             | *              | tag v1                           | FAIL
            refs/tags/*             | v1             | tag v1                           | FAIL
            refs/tags/*             | refs/tags/v1   | tag v1                           | FAIL
            refs/tags/*             | refs/tags/v2   | tag v1                           | PASS
            refs/tags/*             | refs/**        | tag v1                           | FAIL
            **                      | refs/tags/**   | branch main                      | PASS
            **                      | refs/**        | branch main                      | FAIL
            **                      | refs/heads/*   | branch a/b                       | PASS
            refs/tags/*             | refs/heads/**  | tag v1                           | PASS
            PR-*                    | refs/heads/**  | pr PR-1                          | PASS
            # characters
            caf\u00e9               | -              | branch caf\u00e9                 | PASS
            caf\u00e9               | -              | branch cafe'                     | FAIL
            cafe'                   | -              | branch caf\u00e9                 | FAIL
            caf\u00c9               | -              | branch caf\u00e9                 | FAIL
            caf?                    | -              | branch caf\u00e9                 | PASS
            caf?                    | -              | branch cafe'                     | FAIL
            ?                       | -              | branch 🚀                        | PASS
            ??                      | -              | branch 🚀                        | FAIL
            fix-?                   | -              | branch fix-🚀                    | PASS
            main                    | -              | branch m\u0430in                 | FAIL
            main                    | -              | branch main␀                     | FAIL
            main                    | -              | branch ␠main                     | FAIL
            main                    | -              | branch main␠                     | FAIL
            my branch               | -              | branch my␠branch                 | PASS
            main                    | -              | branch main␤                     | FAIL
            **                      | -              | branch main␤                     | FAIL
            **                      | -              | branch x␤main                    | FAIL
            *                       | -              | branch *                         | PASS
            main                    | -              | branch *                         | FAIL
            main                    | -              | branch **                        | FAIL
            release/1               | -              | branch release/?                 | FAIL
            [a-z]*                  | -              | branch main                      | FAIL
            .*                      | -              | branch main                      | FAIL
            ma.n                    | -              | branch main                      | FAIL
            main|x                  | -              | branch main                      | FAIL
            (main)                  | -              | branch main                      | FAIL
            $main                   | -              | branch main                      | FAIL
            \\Qmain\\E              | -              | branch main                      | FAIL
            release\\*              | -              | branch release\\1                | PASS
            # what is hardly a name
            **                      | -              | branch                           | FAIL
            **                      | -              | branch ␠                         | FAIL
            **                      | -              | branch .                         | FAIL
            **                      | -              | branch ..                        | FAIL
            **                      | -              | branch ../main                   | FAIL
            **                      | -              | branch /                         | FAIL
            **                      | -              | branch /main                     | FAIL
            **                      | -              | branch main/                     | FAIL
            **                      | -              | branch a//b                      | FAIL
            **                      | -              | branch …                         | PASS
            x*                      | -              | branch …                         | PASS
            *y                      | -              | branch …                         | FAIL
            refs/tags/**            | -              | tag                              | FAIL
            PR-*                    | -              | pr                               | FAIL
            """;

    private static Check check(String allowed, String excluded) {
        return Asked.check("branchControl", Map.of("allowed", allowed, "excluded", excluded));
    }

    private static CheckResult evaluate(Check check, Kind kind, String name) {
        return Asked.evaluate(check, Asked.origin(Origin.of(new Head(kind, name))));
    }

    private static String name(String shown) {
        return shown.replace("␠", " ")
                .replace("␤", "\n")
                .replace("␀", "\u200b")
                .replace("e'", "e\u0301")
                .replace("…", "x".repeat(5_000));
    }

    private static String evaluate(String[] row) {
        String[] head = row[2].split(" ", 2);
        String written = head.length > 1 ? name(head[1]) : "";
        Kind kind =
                switch (head[0]) {
                    case "branch", "typed" -> Kind.BRANCH;
                    case "pr" -> Kind.PULL_REQUEST;
                    case "tag" -> Kind.TAG;
                    default -> throw new IllegalArgumentException(head[0]);
                };
        String name = head[0].equals("typed") ? Refs.branch(written) : written;
        String excluded = row[1].equals("-") ? "" : row[1];
        return evaluate(check(name(row[0]), excluded), kind, name).verdict().name();
    }

    @Test
    public void table() {
        List<String> rows = TABLE.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(rows).hasSizeGreaterThan(180);
        assertThat(rows).allSatisfy(row -> {
            String[] cells = row.split(" +\\| +", -1);
            assertThat(evaluate(cells)).as(row).isEqualTo(cells[3]);
        });
    }

    @Test
    public void unknownBranch_failsWhateverIsAllowed_andSaysWhatToDo() {
        assertThat(Asked.evaluate(check("**", ""), Asked.origin(Origin.UNKNOWN)))
                .isEqualTo(CheckResult.fail("It is not known which branch this build is of: production takes ** only. Use a"
                        + " multibranch job, or a job that reads its Jenkinsfile from a repository."));
    }

    @Test
    public void reasons_nameTheHeadAndWhatIsTaken() {
        Check check = check("main, release/*", "release/old");
        assertThat(evaluate(check, Kind.BRANCH, "main").reason()).isEqualTo("Branch main is allowed here.");
        assertThat(evaluate(check, Kind.BRANCH, "release/1").reason())
                .isEqualTo("Branch release/1 is allowed here by the pattern release/*.");
        assertThat(evaluate(check, Kind.BRANCH, "feature/x").reason())
                .isEqualTo("Branch feature/x is not allowed here: production takes main, release/* only.");
        assertThat(evaluate(check, Kind.BRANCH, "release/old").reason())
                .isEqualTo("Branch release/old is not allowed here: production excludes release/old.");
        assertThat(evaluate(check, Kind.PULL_REQUEST, "PR-12").reason())
                .isEqualTo("Pull request PR-12 is not allowed here: production takes main, release/* only. None of these is a"
                        + " pattern for pull requests, as PR-* is.");
        assertThat(evaluate(check, Kind.TAG, "main").reason())
                .isEqualTo("Tag main is not allowed here: production takes main, release/* only. None of these is a pattern"
                        + " for tags, as refs/tags/* is.");
        assertThat(evaluate(check, Kind.BRANCH, "release/").reason())
                .isEqualTo("Branch release/ is not allowed anywhere, because its name cannot be trusted: it has a slash at its"
                        + " head or end, or two of them side by side. Build it under another name.");
    }

    @Test
    public void reasons_showNoLongNamesAndNothingUnseen() {
        Check many = check("main" + ",x".repeat(50), "");
        assertThat(evaluate(many, Kind.BRANCH, "y".repeat(5_000)).reason())
                .isEqualTo("Branch " + "y".repeat(80) + "… is not allowed here: production takes main, x, x, x, x, x, x, x, x, x"
                        + " and 41 more only.");
        assertThat(evaluate(many, Kind.BRANCH, "a\nb\u202ec\uD83D").reason())
                .startsWith("Branch a<U+000A>b<U+202E>c<U+D83D> is not allowed");
    }

    @Test
    public void summary() {
        assertThat(check("main, release/*", "release/old").summary()).isEqualTo("only from main, release/*, not from release/old");
        assertThat(check("main", "").summary()).isEqualTo("only from main");
    }

    @Test
    public void patternsThatCannotMatchAnything_areRefused() {
        refused(Map.of(), "branchControl: allowed: is missing");
        refused(Map.of("allowed", " , "), "branchControl: allowed: is missing");
        refused(
                Map.of("allowed", "**", "excluded", "release/"),
                "branchControl: excluded: no name matches \"release/\", because it has a slash at its head or end, or two of"
                        + " them side by side; for all below it write release/**");
        refused(Map.of("allowed", "/main"), "allowed: no name matches \"/main\"");
        refused(Map.of("allowed", "a//b"), "allowed: no name matches \"a//b\"");
        refused(Map.of("allowed", "a/../b"), "allowed: no name matches \"a/../b\"");
        refused(Map.of("allowed", "refs/heads/"), "for all below it write refs/heads/**");
        refused(Map.of("allowed", List.of("a\nb")), "a line break");
        refused(Map.of("allowed", "x".repeat(1_001)), "at most 1000 characters");
        refused(Map.of("allowed", "main", "exclude", "x"), "exclude: there is no such setting; there are allowed, excluded");
    }

    private static void refused(Map<String, Object> settings, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.check("branchControl", settings))
                .withMessageContaining(why);
    }

    /** Whatever stands in the settings: the three kinds stay apart, and an exclusion more never lets more pass. */
    @Test
    public void randomPatterns_keepKindsApartAndLetExclusionsWin() {
        Random random = new Random(SEED);
        List<String> seen = new ArrayList<>();
        for (int game = 0; game < 10_000; game++) {
            List<String> allowed = patterns(random, 1 + random.nextInt(3));
            List<String> excluded = patterns(random, random.nextInt(3));
            Kind kind = Kind.values()[random.nextInt(3)];
            String name = text(random, "a", "/", "PR-", "1", "refs/tags/", "refs/heads/", "refs/pull/", "-head");
            String row = "seed " + SEED + ": " + allowed + ", not " + excluded + " ~ " + kind + " " + name;
            boolean with = passes(allowed, excluded, kind, name);
            boolean without = passes(allowed, List.of(), kind, name);
            assertThat(with && !without).as(row).isFalse();
            boolean concerned = allowed.stream().anyMatch(pattern -> switch (kind) {
                case BRANCH -> !pattern.startsWith("refs/tags/") && !pattern.startsWith("refs/pull/");
                case PULL_REQUEST -> pattern.startsWith("PR-") || pattern.startsWith("refs/pull/");
                case TAG -> pattern.startsWith("refs/tags/");
            });
            assertThat(without && !concerned).as(row).isFalse();
            seen.add(kind + " " + (with ? "passes" : without ? "is excluded" : "is not allowed"));
        }
        assertThat(seen.stream().distinct()).hasSize(9);
    }

    private static List<String> patterns(Random random, int count) {
        List<String> patterns = new ArrayList<>();
        while (patterns.size() < count) {
            String pattern = text(random, "a", "/", "*", "**", "?", "PR-", "1", "refs/tags/", "refs/heads/", "refs/pull/");
            if (Names.oddity(Refs.branch(pattern)).isEmpty()) {
                patterns.add(pattern);
            }
        }
        return patterns;
    }

    private static String text(Random random, String... alphabet) {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            text.append(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static boolean passes(List<String> allowed, List<String> excluded, Kind kind, String name) {
        Check check = Asked.check("branchControl", Map.of("allowed", allowed, "excluded", excluded));
        return evaluate(check, kind, name).verdict() == Verdict.PASS;
    }
}
