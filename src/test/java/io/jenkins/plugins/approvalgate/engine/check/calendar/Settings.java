package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The settings of a check, a few of them otherwise than usual. */
final class Settings {

    private final Map<String, Object> values;

    private Settings(Map<String, Object> values) {
        this.values = values;
    }

    static Settings none() {
        return new Settings(Map.of());
    }

    /** Monday to Friday, 09:00–17:00 in New York. */
    static Settings office() {
        return none().with("from", "09:00").with("to", "17:00").with("timeZone", "America/New_York");
    }

    Settings with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Settings(more);
    }

    Settings without(String name) {
        Map<String, Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(name);
        return new Settings(fewer);
    }

    <C extends Check> C make(Function<Options, C> maker) {
        Options options = Options.of(new CheckSpec("any", values));
        C check = maker.apply(options);
        options.end();
        return check;
    }

    BusinessHours hours() {
        return make(BusinessHours::of);
    }

    void areRefused(Function<Options, ? extends Check> maker, String... saying) {
        assertThatThrownBy(() -> make(maker))
                .as(toString())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(saying);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
