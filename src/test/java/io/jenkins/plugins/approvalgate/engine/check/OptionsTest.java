package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.Test;

/** What does not fit is told by the name of the setting. */
public class OptionsTest {

    private static Options options(Map<String, Object> settings) {
        return Options.of(new CheckSpec("any", settings));
    }

    @Test
    public void readers_takeWhatFits() {
        Options options = options(Map.of(
                "text", " x ", "number", 7, "flag", true, "list", List.of("a,b", " c "), "lines", "a, b\nc,,", "span", "4h",
                "map", Map.of("key", "value"), "maps", List.of(Map.of("key", 1), Map.of("key", 2))));
        assertThat(options.text("text")).isEqualTo("x");
        assertThat(options.text("number")).isEqualTo("7");
        assertThat(options.number("number", 1, 0, 9)).isEqualTo(7);
        assertThat(options.flag("flag", false)).isTrue();
        assertThat(options.texts("list")).containsExactly("a,b", "c");
        assertThat(options.texts("lines")).containsExactly("a", "b", "c");
        assertThat(options.span("span", Duration.ZERO)).isEqualTo(Duration.ofHours(4));
        assertThat(options.textMap("map")).containsEntry("key", "value");
        assertThat(options.list("maps")).extracting(item -> item.text("key")).containsExactly("1", "2");
        options.end();
    }

    @Test
    public void readers_takeTheDefaultWhereNothingStands() {
        Options options = options(Map.of("blank", "  "));
        assertThat(options.text("blank", "other")).isEqualTo("other");
        assertThat(options.texts("blank")).isEmpty();
        assertThat(options.texts("none")).isEmpty();
        assertThat(options.flag("none", true)).isTrue();
        assertThat(options.number("none", 3, 0, 9)).isEqualTo(3);
        assertThat(options.word("none", "first", "second")).isEqualTo("first");
        assertThat(options.inner("none")).isEmpty();
        assertThat(options.list("none")).isEmpty();
    }

    @Test
    public void misfits_areToldByName() {
        misfit(Map.of(), o -> o.text("x"), "x: is missing");
        misfit(Map.of("x", " "), o -> o.text("x"), "x: is missing");
        misfit(Map.of("x", List.of("a")), o -> o.text("x"), "x: has to be a text");
        misfit(Map.of("x", Map.of()), o -> o.text("x"), "x: has to be a text");
        misfit(Map.of(), o -> o.someTexts("x"), "x: is missing");
        misfit(Map.of("x", List.of()), o -> o.someTexts("x"), "x: is missing");
        misfit(Map.of("x", Map.of("a", "b")), o -> o.texts("x"), "x: has to be a list of texts");
        misfit(Map.of("x", List.of(Map.of())), o -> o.texts("x"), "x: has to be a list of texts");
        misfit(Map.of("x", "true"), o -> o.flag("x", false), "x: has to be true or false");
        misfit(Map.of("x", "7"), o -> o.number("x", 1, 0, 9), "x: has to be a whole number from 0 to 9");
        misfit(Map.of("x", 10), o -> o.number("x", 1, 0, 9), "x: has to be a whole number from 0 to 9");
        misfit(Map.of("x", -1), o -> o.number("x", 1, 0, 9), "x: has to be a whole number from 0 to 9");
        misfit(
                Map.of("x", "soon"),
                o -> o.spanIfGiven("x"),
                "x: \"soon\" is not a time span: write 90m, 4h, 7d, or ISO-8601 as in PT1H30M");
        misfit(Map.of("x", "c"), o -> o.word("x", "a", "b"), "x: \"c\" has to be one of a, b");
        misfit(Map.of("x", "y"), o -> o.inner("x"), "x has to be a map");
        misfit(Map.of("x", "y"), o -> o.textMap("x"), "x has to be a map");
        misfit(Map.of("x", "y"), o -> o.list("x"), "x: has to be a list");
        misfit(Map.of("x", List.of("y")), o -> o.list("x"), "x[0] has to be a map");
    }

    @Test
    public void misfits_insideOthers_areToldWithTheirPath() {
        Map<String, Object> nested = Map.of("outer", Map.of("x", List.of()), "list", List.of(Map.of(), Map.of("y", Map.of("z", 1))));
        misfit(nested, o -> o.inner("outer").orElseThrow().text("x"), "outer.x: has to be a text");
        misfit(nested, o -> o.list("list").get(0).text("x"), "list[0].x: is missing");
        misfit(nested, o -> o.list("list").get(1).inner("y").orElseThrow().flag("z", true), "list[1].y.z: has to be true or false");
        misfit(nested, o -> o.list("list").get(1).end(), "list[1].y: there is no such setting; there are ");
    }

    @Test
    public void end_refusesWhatNobodyAskedFor() {
        misfit(
                Map.of("allowed", "main", "alowed", "x"),
                o -> {
                    o.texts("allowed");
                    o.flag("other", true);
                    o.end();
                },
                "alowed: there is no such setting; there are allowed, other");
    }

    @Test
    public void checks_areToldByTheirKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.check("branchcontrol", Map.of()))
                .withMessageStartingWith("there is no check \"branchcontrol\"; there are allowedJobs, branchControl, ");
    }

    private static void misfit(Map<String, Object> settings, Consumer<Options> reader, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> reader.accept(options(settings))).withMessage(message);
    }
}
