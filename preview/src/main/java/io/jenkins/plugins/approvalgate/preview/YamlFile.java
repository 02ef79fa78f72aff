package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML file: opened, read by somebody who knows what belongs in it, and complained of in one line. */
final class YamlFile {

    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // What a number was written as: 0.90 stays 0.90.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            // As Jenkins' configuration as code takes them: NO is Norway.
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();

    private YamlFile() {}

    /** Makes something of a file's content. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Place root) throws Place.Misfit;
    }

    /**
     * What {@code reading} makes of {@code file}.
     *
     * @throws StartFailure naming the file, the place in it, and what was expected there; never a line of it, which may hold
     *     a secret
     */
    static <T> T read(Path file, Reading<T> reading) throws StartFailure {
        try {
            return read(shown(file), Files.readAllBytes(file), reading);
        } catch (NoSuchFileException absent) {
            throw new StartFailure(shown(file) + ": there is no such file", absent);
        } catch (IOException unreadable) {
            throw new StartFailure(shown(file) + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    /** The same of what is in no file; {@code name} is what it is called. */
    static <T> T read(String name, byte[] content, Reading<T> reading) throws StartFailure {
        try {
            return reading.from(new Place("", MAPPER.readTree(content)));
        } catch (Place.Misfit misfit) {
            throw new StartFailure(name + ": " + misfit.getMessage(), misfit);
        } catch (JacksonException notYaml) {
            throw new StartFailure(name + ": " + position(notYaml) + problem(notYaml), notYaml);
        } catch (IOException unreadable) {
            throw new StartFailure(name + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    /** The path as its reader knows it: from where they are, if the file is below. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return (absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : absolute).toString();
    }

    private static String position(JacksonException notYaml) {
        JsonLocation location = notYaml.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static String problem(JacksonException notYaml) {
        // SnakeYAML's own message quotes the line.
        return notYaml.getCause() instanceof MarkedYAMLException marked
                ? marked.getProblem()
                : notYaml.getOriginalMessage();
    }
}
