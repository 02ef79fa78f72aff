package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.List;
import org.junit.Test;

/** Patterns and names made to take long: no pattern of ours backtracks. */
public class PatternFuzzTest {

    private static final List<String> PATTERNS = List.of(
            "main", "release/*", "release/**", "**/main", "feature/?*-**", "refs/heads/main", "refs/tags/v*", "PR-*", "MR-?",
            "refs/pull/*/head", "*a*a*a*a*a*a*a*b", "**/**/**/**/x", "https://git.example/team/*.git", "git@host:team/**");
    private static final List<String> NAMES = List.of(
            "main", "release/1.2", "refs/heads/release/a/b", "PR-12-head", "PR-7-merge", "refs/pull/7/merge", "v1.2",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", "a/a/a/a/a/a/a/a/a/a/a/y", "https://git.example/team/../other.git",
            "https://user:secret@git.example/team/app.git/", "git@host:team/app");
    private static final List<String> WORDS =
            List.of("*", "**", "**/", "/", "?", "a", "b", "refs/heads/", "refs/tags/", "refs/pull/", "PR-", ".git", "..", "://", "@");

    /** @param longest as a reference's name, or what an administrator would write, at most is */
    private static String some(Dice dice, List<String> sound, int longest) {
        String text = dice.oneIn(3) ? dice.row(60, WORDS) : dice.mutated(sound, WORDS);
        return text.substring(0, Math.min(text.length(), longest));
    }

    private record Try(String pattern, String name) {}

    private static Try pair(Dice dice) {
        String name = some(dice, NAMES, 1_000);
        // One in four is made from the name, so that many fit.
        String pattern = dice.oneIn(4) ? name.replaceAll("[a-z]", dice.of("*", "?", "a")) : some(dice, PATTERNS, 1_000);
        return new Try(pattern, name);
    }

    @Test
    public void anyGlob_saysYesOrNo() {
        int[] fits = {0};
        Fuzz.of("glob", PatternFuzzTest::pair).run(pair -> {
            Glob glob = Glob.of(pair.pattern());
            fits[0] += glob.matches(pair.name()) ? 1 : 0;
            assertThat(Glob.of("**").matches(pair.name())).isTrue();
            assertThat(Glob.of(pair.name()).matches(pair.name()) || pair.name().contains("*")).isTrue();
        });
        assertThat(fits[0]).isBetween(Fuzz.inputs() / 50, Fuzz.inputs() - Fuzz.inputs() / 50);
    }

    @Test
    public void anyReference_passesOrNot_andIsNeverAllowedByAPatternOfAnotherKind() {
        Fuzz.of("reference", PatternFuzzTest::pair).run(pair -> {
            RefPattern pattern = RefPattern.of(pair.pattern());
            for (Origin.Kind kind : Origin.Kind.values()) {
                Origin.Head head = new Origin.Head(kind, pair.name());
                if (pattern.allows(head)) {
                    assertThat(pattern.concerns(head)).isTrue();
                }
                pattern.excludes(head);
            }
        });
    }

    @Test
    public void anyRepository_fitsOrNot_andNoSecretIsShown() {
        Fuzz.of("repository", PatternFuzzTest::pair).run(pair -> {
            RepositoryPattern.of(pair.pattern()).matches(pair.name());
            RepositoryPattern.of(pair.pattern()).toString();
            RepositoryPattern.shown(pair.name());
        });
    }
}
