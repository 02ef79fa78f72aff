package io.jenkins.plugins.approvalgate.preview;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What the command line says.
 *
 * @param port to listen on; 0 lets the system choose a free one
 * @param home where the journal, the runs and the clock are kept; made if it is not there
 * @param config the YAML with the environments
 * @param webapp the pages' own files, read anew at each request
 */
public record Options(int port, Path home, Path config, Path webapp) {

    private static final String USAGE = "use [--port N] [--home DIR] [--config FILE] [--webapp DIR]";

    /** What counts where the command line says nothing, seen from the folder of the repository. */
    public static final Options DEFAULT =
            new Options(8080, Path.of(".preview"), Path.of("examples", "jenkins.yaml"), Path.of("src", "main", "webapp"));

    /** @throws StartFailure if something in {@code args} cannot be meant */
    public static Options parse(String... args) throws StartFailure {
        Options options = DEFAULT;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length && args[i].startsWith("--")) {
                throw new StartFailure(args[i] + " needs a value: " + USAGE);
            }
            options = options.with(args[i], i + 1 < args.length ? args[i + 1] : "");
        }
        return options;
    }

    private Options with(String name, String value) throws StartFailure {
        return switch (name) {
            case "--port" -> new Options(port(value), home, config, webapp);
            case "--home" -> new Options(port, path(name, value), config, webapp);
            case "--config" -> new Options(port, home, path(name, value), webapp);
            case "--webapp" -> new Options(port, home, config, path(name, value));
            default -> throw new StartFailure("\"" + name + "\" is not an option: " + USAGE);
        };
    }

    private static int port(String text) throws StartFailure {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new StartFailure("--port has to be a number from 0 to 65535, not \"" + text + "\"");
    }

    private static Path path(String name, String text) throws StartFailure {
        if (text.isBlank()) {
            throw new StartFailure(name + " is empty: " + USAGE);
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException notAPath) {
            throw new StartFailure(name + " is not a path: " + notAPath.getReason(), notAPath);
        }
    }
}
