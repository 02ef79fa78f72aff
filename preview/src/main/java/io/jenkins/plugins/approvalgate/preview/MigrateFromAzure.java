package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.preview.migrate.Migration;
import io.jenkins.plugins.approvalgate.preview.migrate.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code bin/migrate-from-azure}: reads what Azure DevOps' REST API says of the checks of its environments, and writes ours, as
 * YAML, to its output; what differs and what is left to do goes to the other one, a line each. Ends with 0 if every
 * environment is carried over, with 1 if something keeps one shut, and with 2 and one line if it could not do its work.
 */
public final class MigrateFromAzure {

    static final int CARRIED_OVER = 0;
    static final int SHUT = 1;
    static final int CANNOT = 2;

    private static final String USAGE = "use bin/migrate-from-azure [--name NAME] [--connection ID=URL]… FILE…";
    private static final long LARGEST = 1 << 24;
    private static final CheckTypes TYPES = CheckTypes.of(new PreviewSurroundings(Map.of(), "", Path.of("")), List.of());
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, String> connections = new LinkedHashMap<>();
    private final List<Path> files = new ArrayList<>();
    private Optional<String> name = Optional.empty();

    private MigrateFromAzure() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        int status = run(args, out, new PrintStream(System.err, true, StandardCharsets.UTF_8));
        out.flush();
        System.exit(status);
    }

    /** What the tool does, and its exit status. */
    static int run(String[] args, PrintStream yaml, PrintStream remarks) {
        try {
            return new MigrateFromAzure().options(args).migrate(yaml, remarks);
        } catch (StartFailure failure) {
            remarks.println(printable(failure.getMessage()));
            return CANNOT;
        }
    }

    private MigrateFromAzure options(String... args) throws StartFailure {
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                files.add(path(args[i]));
            } else if (i + 1 == args.length) {
                throw new StartFailure(args[i] + " needs a value: " + USAGE);
            } else {
                option(args[i], args[++i]);
            }
        }
        if (files.isEmpty()) {
            throw new StartFailure("There is no file to read: " + USAGE);
        }
        return this;
    }

    private void option(String option, String value) throws StartFailure {
        switch (option) {
            case "--name" -> name = Optional.of(value);
            case "--connection" -> {
                int sign = value.indexOf('=');
                if (sign < 1) {
                    throw new StartFailure("--connection has to be ID=URL, not \"" + value + "\"");
                }
                connections.put(value.substring(0, sign), value.substring(sign + 1));
            }
            default -> throw new StartFailure("\"" + option + "\" is not an option: " + USAGE);
        }
    }

    private static Path path(String text) throws StartFailure {
        try {
            return Path.of(text);
        } catch (InvalidPathException notAPath) {
            throw new StartFailure("\"" + text + "\" is not a path: " + notAPath.getReason(), notAPath);
        }
    }

    private int migrate(PrintStream yaml, PrintStream remarks) throws StartFailure {
        Migration migration =
                new Migration(id -> Optional.ofNullable(connections.get(id)), MigrateFromAzure::objection);
        Result result;
        // The settings of a check are read with the others of its environment, which may stand in another file.
        String where = files.size() == 1 ? YamlFile.shown(files.get(0)) : files.size() + " files";
        try {
            for (Path file : files) {
                add(migration, file);
            }
            if (migration.size() == 0) {
                throw new StartFailure(where + ": there is no check of an environment");
            }
            if (name.isPresent() && migration.size() > 1) {
                throw new StartFailure("--name is for one environment, and there are " + migration.size());
            }
            result = migration.result(name);
        } catch (Place.Misfit misfit) {
            throw new StartFailure(where + ": " + misfit.getMessage(), misfit);
        }
        requireApart(result.names());
        String text = result.yaml();
        requireReadable(text);
        yaml.print(text);
        migration.left().forEach(line -> remarks.println(printable(line + ".")));
        result.lines().forEach(line -> remarks.println(printable(line)));
        return result.isShut() || !migration.left().isEmpty() ? SHUT : CARRIED_OVER;
    }

    private static void add(Migration migration, Path file) throws StartFailure {
        String shown = YamlFile.shown(file);
        try {
            if (Files.size(file) > LARGEST) {
                throw new StartFailure(shown + ": is larger than 16 MiB");
            }
            migration.add(new Place("", MAPPER.readTree(Files.readAllBytes(file))));
        } catch (Place.Misfit misfit) {
            throw new StartFailure(shown + ": " + misfit.getMessage(), misfit);
        } catch (JacksonException notJson) {
            throw new StartFailure(shown + ": is not JSON" + (notJson.getLocation() == null
                    ? ""
                    : " at line " + notJson.getLocation().getLineNr() + ", column " + notJson.getLocation().getColumnNr()), notJson);
        } catch (NoSuchFileException absent) {
            throw new StartFailure(shown + ": there is no such file", absent);
        } catch (IOException unreadable) {
            throw new StartFailure(shown + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    private static Optional<String> objection(String kind, Map<String, Object> settings) {
        try {
            TYPES.create(new CheckSpec(kind, settings));
            return Optional.empty();
        } catch (IllegalArgumentException cannotBeMeant) {
            String message = cannotBeMeant.getMessage();
            return Optional.of(message.startsWith(kind + ": ") ? message.substring(kind.length() + 2) : message);
        }
    }

    private static void requireApart(List<String> names) throws StartFailure {
        Set<String> seen = new HashSet<>();
        for (String each : names) {
            if (!seen.add(each)) {
                throw new StartFailure("Two environments would be called \"" + each + "\": carry one of them over alone, with --name");
            }
        }
    }

    /** Nothing leaves here that Jenkins would not start with. */
    private static void requireReadable(String yaml) throws StartFailure {
        YamlFile.read(
                "What came of it",
                yaml.getBytes(StandardCharsets.UTF_8),
                SettingsYaml.reading(String::equalsIgnoreCase, variable -> null));
    }

    /** Without what a terminal would take for a command. */
    private static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
