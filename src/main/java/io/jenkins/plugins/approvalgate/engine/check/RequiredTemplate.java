package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import io.jenkins.plugins.approvalgate.engine.gate.Origin.Library;
import io.jenkins.plugins.approvalgate.engine.gate.Origin.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Only builds whose pipeline is made from what the organisation provides: a shared library, a script in a certain repository,
 * or both. Rests on what the host recorded of the build alone.
 *
 * @param version of the library; empty for any
 * @param repository the address of the script's repository, without {@code .git} or a slash at its end; empty for any
 * @param path of the script in its repository; empty for any
 */
record RequiredTemplate(
        Optional<String> library,
        Optional<Glob> version,
        Optional<RepositoryPattern> repository,
        Optional<Glob> path,
        boolean allowReplay)
        implements Check.OfRequest {

    static RequiredTemplate of(Options options) {
        RequiredTemplate template = new RequiredTemplate(
                options.textIfGiven("library"),
                options.textIfGiven("version").map(Glob::of),
                options.textIfGiven("repository").map(RepositoryPattern::of),
                options.textIfGiven("path").map(Glob::of),
                options.flag("allowReplay", false));
        if (template.library.isEmpty() && template.repository.isEmpty() && template.path.isEmpty()) {
            throw new IllegalArgumentException("library, repository or path is missing: name at least one of them");
        }
        if (template.version.isPresent() && template.library.isEmpty()) {
            throw options.wrong("version", "is that of a library: name it in the setting library");
        }
        return template;
    }

    @Override
    public String summary() {
        return Stream.of(
                        library.map(name -> "must load library " + Shown.text(name)
                                + version.map(pattern -> " (version " + shown(pattern) + ")").orElse("")),
                        Optional.of("must run " + scripts()).filter(words -> asksForScript()),
                        Optional.of("must not be a replay").filter(words -> !allowReplay))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private boolean asksForScript() {
        return repository.isPresent() || path.isPresent();
    }

    private String scripts() {
        return path.map(pattern -> "the script " + shown(pattern)).orElse("a script")
                + repository.map(pattern -> " from " + shown(pattern)).orElse(" from a repository");
    }

    @Override
    public CheckResult evaluate(Subject subject) {
        Origin origin = subject.request().origin();
        List<String> missing = new ArrayList<>();
        library.flatMap(name -> wrongLibrary(name, origin)).ifPresent(missing::add);
        if (asksForScript()) {
            missing.addAll(wrongScript(origin.script()));
        }
        if (origin.replayed() && !allowReplay) {
            missing.add("The build is a replay, whose script can be another than the one in the repository: start a new build"
                    + " instead.");
        }
        return missing.isEmpty() ? CheckResult.pass("The build " + met(origin) + ".") : CheckResult.fail(String.join(" ", missing));
    }

    @Override
    public Optional<String> needsBuild(GateRequest imagined) {
        return Optional.of("It looks at what a build loads and where its script comes from, which only a real build shows.");
    }

    private Optional<String> wrongLibrary(String name, Origin origin) {
        String shown = "library " + Shown.text(name);
        List<Library> loaded =
                origin.libraries().stream().filter(other -> other.name().equals(name)).toList();
        if (loaded.isEmpty()) {
            return Optional.of("The build has to load " + shown + " before it comes here, and has not.");
        }
        // Of the same name twice, every one has to do: the script can call either.
        if (!loaded.stream().allMatch(Library::trusted)) {
            return Optional.of("The build loaded a " + shown + " of its own choice: it has to be the one that the"
                    + " administrators provide as a trusted library.");
        }
        return loaded.stream()
                .filter(other -> version.stream().anyMatch(pattern -> !pattern.matches(other.version())))
                .findFirst()
                .map(other -> "The build loaded " + shown + " in version " + Shown.text(other.version()) + ": it has to be "
                        + version.map(RequiredTemplate::shown).orElse("any") + ".");
    }

    private List<String> wrongScript(Optional<Script> script) {
        if (script.isEmpty()) {
            return List.of("The pipeline's script was not read from a repository: the job has to take " + scripts() + ".");
        }
        Script found = script.get();
        List<String> wrong = new ArrayList<>();
        repository.filter(pattern -> !pattern.matches(found.repository()))
                .ifPresent(pattern -> wrong.add("The pipeline's script comes from "
                        + RepositoryPattern.shown(found.repository()) + ": it has to come from " + shown(pattern) + "."));
        path.filter(pattern -> climbs(found.path()) || !pattern.matches(found.path()))
                .ifPresent(pattern -> wrong.add("The pipeline's script is " + Shown.text(found.path()) + ": it has to be "
                        + shown(pattern) + "."));
        return wrong;
    }

    /** Whether {@code ci/**} would take what is not below {@code ci}: a slash and a backslash do the same on some hosts. */
    private static boolean climbs(String path) {
        return List.of(path.split("[/\\\\]", -1)).contains("..");
    }

    private String met(Origin origin) {
        List<String> facts = new ArrayList<>();
        library.ifPresent(name -> origin.libraries().stream()
                .filter(loaded -> loaded.name().equals(name))
                .findFirst()
                .ifPresent(loaded -> facts.add(
                        "loaded library " + Shown.text(name) + " in version " + Shown.text(loaded.version()))));
        if (asksForScript()) {
            origin.script().ifPresent(script -> facts.add("runs the script " + Shown.text(script.path()) + " from "
                    + RepositoryPattern.shown(script.repository())));
        }
        return String.join(" and ", facts);
    }

    private static String shown(Object pattern) {
        return Shown.text(pattern.toString());
    }
}
