package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.Test;

public class GlobTest {

    private static final long SEED = 20_260_302;

    /** Pattern, name, {@code yes} or {@code no}; {@code _} is an empty text, {@code e'} a letter and its accent apart. */
    private static final String TABLE = """
            _            _             yes
            _            a             no
            main         main          yes
            main         Main          no
            main         mainx         no
            main         xmain         no
            *            _             yes
            *            main          yes
            *            a/b           no
            **           _             yes
            **           a/b/c         yes
            release/*    release/1     yes
            release/*    release/a/b   no
            release/*    release       no
            release/*    Release/1     no
            release/**   release/1     yes
            release/**   release/a/b   yes
            release/**   release       no
            release/**   releases/1    no
            rel**        release/a     yes
            **/main      main          yes
            **/main      team/main     yes
            **/main      a/b/main      yes
            **/main      xmain         no
            **/main      a/xmain       no
            a/**/z       a/z           yes
            a/**/z       a/b/c/z       yes
            a/**/z       az            no
            a/**/z       a/bz          no
            a**/z        a/z           yes
            a**/z        ab/c/z        yes
            **/**/x      x             yes
            **/**/x      a/x           yes
            **/          _             yes
            **/          a/            yes
            **/          a             no
            ***          a/b           yes
            ***/x        x             yes
            *b*          abc           yes
            *b*          ac            no
            a?c          abc           yes
            a?c          ac            no
            a?c          a/c           no
            ?            é             yes
            ?            e'       no
            ??           e'       yes
            ?            🚀            yes
            ??           🚀            no
            🚀?          🚀x           yes
            [a-z]        b             no
            [a-z]        [a-z]         yes
            a|b          a             no
            a|b          a|b           yes
            (a)          (a)           yes
            .*           abc           no
            .*           .abc          yes
            a.c          abc           no
            ^a$          a             no
            \\Qa         a             no
            \\Qa         \\Qa          yes
            \\*          \\x           yes
            \\*          *             no
            {a,b}        a             no
            a+           aa            no
            """;

    @Test
    public void table() {
        assertThat(TABLE.lines()).allSatisfy(line -> {
            String[] row = line.replace("e'", "e\u0301").split(" +");
            assertThat(Glob.of(row[0].replace("_", "")).matches(row[1].replace("_", "")))
                    .as(line)
                    .isEqualTo(row[2].equals("yes"));
        });
    }

    /** A translation into the JDK's regular expressions, which backtracks, but decides the same. */
    private static Pattern regex(String glob) {
        String regex = glob.replaceAll("\\*{2,}", "S").replaceAll("(?<=^|/)S/", "D").replace("*", "[^/]*").replace("?", "[^/]");
        return Pattern.compile(regex.replace("D", "(?:.*/)?").replace("S", ".*"), Pattern.DOTALL);
    }

    @Test
    public void randomPatterns_matchAsTheirRegularExpressionsDo() {
        Random random = new Random(SEED);
        int matching = 0;
        int games = 100_000;
        for (int game = 0; game < games; game++) {
            String glob = text(random, new String[] {"a", "b", "/", "*", "**", "**/", "/**/", "?", "\uD83D\uDE80"}, 7);
            String name = text(random, new String[] {"a", "b", "/", "a/", "\uD83D\uDE80", "\n"}, 7);
            boolean expected = regex(glob).matcher(name).matches();
            assertThat(Glob.of(glob).matches(name)).as("seed %d: %s ~ %s", SEED, glob, name).isEqualTo(expected);
            matching += expected ? 1 : 0;
        }
        assertThat(matching).as("that match").isBetween(games / 20, games / 2);
    }

    private static String text(Random random, String[] alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            text.append(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    @Test
    public void fourTimesTheName_takesAboutFourTimesAsLong() {
        for (String pattern : new String[] {"*a".repeat(20) + "b", "**a".repeat(20) + "b", "**/a*".repeat(20) + "b", "*".repeat(500) + "b"}) {
            Glob glob = Glob.of(pattern);
            leastTime(glob, "a".repeat(1_000));
            long once = leastTime(glob, "a".repeat(1_000));
            long fourTimes = leastTime(glob, "a".repeat(4_000));
            assertThat(fourTimes).as(pattern).isLessThan(12 * once);
        }
    }

    private static long leastTime(Glob glob, String name) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 30; run++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(glob.matches(name)).isFalse();
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    @Test
    public void longestPattern_overALongName() {
        String pattern = "**/".repeat(333);
        assertThat(Glob.of(pattern + "x").matches("a/".repeat(2_000) + "x")).isTrue();
        assertThat(Glob.of(pattern + "x").matches("a/".repeat(2_000) + "y")).isFalse();
    }
}
