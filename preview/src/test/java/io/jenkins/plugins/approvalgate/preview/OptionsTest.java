package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.Test;

public class OptionsTest {

    @Test
    public void nothingSaid_isTheDefault() throws StartFailure {
        assertThat(Options.parse()).isEqualTo(Options.DEFAULT);
    }

    @Test
    public void eachOption_isTaken() throws StartFailure {
        assertThat(Options.parse("--port", "0", "--home", "h", "--config", "c.yaml", "--webapp", "w"))
                .isEqualTo(new Options(0, Path.of("h"), Path.of("c.yaml"), Path.of("w")));
    }

    @Test
    public void whatCannotBeMeant_isTold() {
        Map.of(
                        "--port", "--port needs a value: use [--port N]",
                        "--port x", "--port has to be a number from 0 to 65535, not \"x\"",
                        "--port 65536", "--port has to be a number from 0 to 65535, not \"65536\"",
                        "--frob 1", "\"--frob\" is not an option: use [--port N]",
                        "x", "\"x\" is not an option: use [--port N]")
                .forEach((line, message) -> assertThatThrownBy(() -> Options.parse(line.split(" ")))
                        .isInstanceOf(StartFailure.class)
                        .hasMessageStartingWith(message));
    }
}
