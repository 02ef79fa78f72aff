package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files in {@code src/test/resources/forms} that are as 1.0 keeps them on disk. What a version kept, every later one has to
 * read. So where a form changes on purpose, its file stays, with a test that it is still read, and the new form gets a file of
 * its own: {@code -Dforms.pin=true} writes those that are not there.
 */
public final class Pinned {

    private static final Path FORMS =
            (Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..")).resolve("src/test/resources/forms");

    private Pinned() {}

    public static Path file(String name) {
        return FORMS.resolve(name);
    }

    public static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(file(name));
    }

    public static String text(String name) throws IOException {
        return Files.readString(file(name));
    }

    /** Holds what is written today to the file, byte for byte. */
    public static void holds(String name, byte[] written) throws IOException {
        if (Boolean.getBoolean("forms.pin") && Files.notExists(file(name))) {
            Files.createDirectories(file(name).getParent());
            Files.write(file(name), written);
        }
        assertThat(new String(written, StandardCharsets.UTF_8))
                .as(name + " is written as it was: see " + Pinned.class.getSimpleName())
                .isEqualTo(text(name));
    }
}
