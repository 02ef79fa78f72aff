package io.jenkins.plugins.approvalgate.engine.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository's Markdown as its tests read it: blocks of code, links and headings, each with its place. */
public final class Documents {

    private static final Pattern FENCE = Pattern.compile("^(\\s*)```(.*)$");
    private static final Pattern LINK = Pattern.compile("(!?)\\[((?:[^\\[\\]]|!\\[[^\\]]*\\]\\([^)]*\\))*)\\]\\(([^()\\s]+)\\)");
    private static final Pattern PICTURE = Pattern.compile("(!)\\[([^\\]]*)\\]\\(([^()\\s]+)\\)");
    private static final Pattern SPAN = Pattern.compile("``(.+?)``|`([^`]+)`");

    private Documents() {}

    /** A line of a document, counted from 1. */
    public record Place(Path file, int line) {
        @Override
        public String toString() {
            return root().normalize().relativize(file.normalize()) + ":" + line;
        }
    }

    /** A fenced block of code, its language as it stands behind the fence, empty if there is none. */
    public record Block(Place place, String language, String text) {
        @Override
        public String toString() {
            return place + " (" + language + ")";
        }
    }

    /** A link, or a picture, with what it says and where it leads. */
    public record Link(Place place, boolean picture, String text, String target) {
        @Override
        public String toString() {
            return place + ": [" + text + "](" + target + ")";
        }
    }

    /** A word or command that stands in the text as code. */
    public record Span(Place place, String text) {}

    /** The repository's root: tests run there, or one folder below. */
    public static Path root() {
        return (Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..")).toAbsolutePath().normalize();
    }

    /** README, CHANGELOG, CONTRIBUTING, and everything below {@code docs/}. */
    public static List<Path> files() {
        try (Stream<Path> top = Files.list(root());
                Stream<Path> docs = Files.walk(root().resolve("docs"))) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A file's text, its lines ending as in the repository whatever the checkout made of them. */
    public static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every block of code. */
    public static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        files().forEach(file -> parse(file, blocks));
        return blocks;
    }

    /** Every block of code in one of these languages. */
    public static List<Block> blocks(String... languages) {
        return blocks().stream().filter(block -> Set.of(languages).contains(block.language())).toList();
    }

    /** The text of {@code file} by lines, those of blocks empty; the blocks are added to {@code blocks}. */
    private static List<String> parse(Path file, List<Block> blocks) {
        List<String> prose = new ArrayList<>();
        StringBuilder code = null;
        Place began = null;
        String language = "";
        int indent = 0;
        for (String line : read(file).split("\n", -1)) {
            Matcher fence = FENCE.matcher(line);
            if (code != null && line.strip().equals("```")) {
                blocks.add(new Block(began, language, code.toString()));
                code = null;
                prose.add("");
            } else if (code != null) {
                code.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
                prose.add("");
            } else if (fence.matches()) {
                indent = fence.group(1).length();
                language = fence.group(2).strip();
                began = new Place(file, prose.size() + 1);
                code = new StringBuilder();
                prose.add("");
            } else {
                prose.add(line.startsWith("    ") && !line.strip().startsWith("|") ? "" : line);
            }
        }
        if (code != null) {
            throw new AssertionError(began + ": a block that does not end");
        }
        return prose;
    }

    /** What {@code file} says, without its blocks of code, which are empty lines. */
    public static List<String> prose(Path file) {
        return parse(file, new ArrayList<>());
    }

    /** Every link and picture of the text; none of the code. */
    public static List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (Path file : files()) {
            List<String> prose = prose(file);
            // A link may be broken between two lines.
            String text = SPAN.matcher(String.join("\n", prose)).replaceAll(found -> "c".repeat(found.group().length()));
            for (Pattern pattern : List.of(LINK, PICTURE)) {
                for (Matcher found = pattern.matcher(text); found.find(); ) {
                    boolean picture = !found.group(1).isEmpty();
                    if (pattern == LINK && picture) {
                        continue;
                    }
                    int line = (int) text.substring(0, found.start()).chars().filter(c -> c == '\n').count() + 1;
                    links.add(new Link(new Place(file, line), picture, found.group(2), found.group(3)));
                }
            }
        }
        return links;
    }

    /** Everything that stands in the text as code. */
    public static List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (Path file : files()) {
            List<String> prose = prose(file);
            for (int i = 0; i < prose.size(); i++) {
                for (Matcher found = SPAN.matcher(prose.get(i)); found.find(); ) {
                    spans.add(new Span(
                            new Place(file, i + 1), found.group(1) == null ? found.group(2) : found.group(1)));
                }
            }
        }
        return spans;
    }

    /** What a link may name in {@code file} after a {@code #}, as GitHub makes it of the headings. */
    public static Set<String> anchors(Path file) {
        Set<String> anchors = new TreeSet<>();
        for (String line : prose(file)) {
            if (!line.matches("#{1,6} .*")) {
                continue;
            }
            String anchor = line.replaceFirst("^#+ ", "").strip().toLowerCase(Locale.ROOT)
                    .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                    .replaceAll("[^\\p{L}\\p{N}\\p{Pc} -]", "").replace(' ', '-');
            int again = 1;
            for (String next = anchor; !anchors.add(next); again++) {
                next = anchor + "-" + again;
            }
        }
        return anchors;
    }
}
