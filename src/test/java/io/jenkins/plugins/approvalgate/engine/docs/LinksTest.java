package io.jenkins.plugins.approvalgate.engine.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** Every link of README, CHANGELOG, CONTRIBUTING and {@code docs/} leads somewhere. Nothing is asked of the network. */
public class LinksTest {

    /** Whom we name; another host is added here on purpose, after a look at the page. */
    private static final Set<String> HOSTS = Set.of(
            "cloudevents.io", "docs.github.com", "docs.gitlab.com", "github.com", "keepachangelog.com", "learn.microsoft.com",
            "plugins.jenkins.io", "semver.org", "www.conventionalcommits.org", "www.jenkins.io");

    private static boolean isExternal(Documents.Link link) {
        return link.target().matches("[a-z][a-z0-9+.-]*:.*");
    }

    /** What is wrong with a link within the repository; empty if nothing is. */
    private static Stream<String> wrong(Documents.Link link) {
        String[] parts = link.target().split("#", 2);
        Path file = parts[0].isEmpty() ? link.place().file() : link.place().file().resolveSibling(parts[0]).normalize();
        if (!file.startsWith(Documents.root()) || !Files.exists(file)) {
            return Stream.of(link + ": there is no such file");
        }
        if (parts.length == 2 && !Documents.anchors(file).contains(parts[1])) {
            return Stream.of(link + ": there is no such heading; there are " + Documents.anchors(file));
        }
        return Stream.of();
    }

    @Test
    public void everyDocument_isRead() {
        assertThat(Documents.files()).extracting(file -> file.getFileName().toString())
                .contains("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "checks.md", "security.md");
        assertThat(Documents.links()).hasSizeGreaterThan(100);
    }

    @Test
    public void linksWithinTheRepository_leadToAFile_andToAHeadingInIt() {
        assertThat(Documents.links().stream().filter(link -> !isExternal(link)).flatMap(LinksTest::wrong)).isEmpty();
    }

    @Test
    public void linksToElsewhere_areHttps_andLeadToAHostThatWeKnow() {
        List<String> wrong = new ArrayList<>();
        for (Documents.Link link : Documents.links()) {
            if (isExternal(link)) {
                URI address = URI.create(link.target());
                if (!"https".equals(address.getScheme()) || !HOSTS.contains(address.getHost())) {
                    wrong.add(link.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void everyPicture_isThere_saysWhatItShows_andIsShownSomewhere() throws Exception {
        List<Documents.Link> pictures = Documents.links().stream().filter(Documents.Link::picture).toList();
        assertThat(pictures).allSatisfy(picture -> assertThat(picture.text()).as(picture.toString()).hasSizeGreaterThan(10));
        Set<Path> shown = pictures.stream()
                .map(picture -> picture.place().file().resolveSibling(picture.target()).normalize())
                .collect(Collectors.toSet());
        try (Stream<Path> images = Files.list(Documents.root().resolve("docs/images"))) {
            assertThat(images.toList()).isSubsetOf(shown);
        }
    }

    @Test
    public void everyPageBelowDocs_isReachedFromTheReadme() {
        Path readme = Documents.root().resolve("README.md");
        Set<Path> reached = Documents.links().stream()
                .filter(link -> link.place().file().equals(readme) && !isExternal(link))
                .map(link -> readme.resolveSibling(link.target().replaceFirst("#.*", "")).normalize())
                .collect(Collectors.toSet());
        assertThat(Documents.files().stream().filter(file -> !file.equals(readme))).isSubsetOf(reached);
    }

    @Test
    public void everyTestThatIsNamed_isThere() throws Exception {
        Set<String> tests = new TreeSet<>();
        for (String folder : List.of("src/test/java", "preview/src/test/java")) {
            try (Stream<Path> files = Files.walk(Documents.root().resolve(folder))) {
                files.map(file -> file.getFileName().toString().replace(".java", "")).forEach(tests::add);
            }
        }
        assertThat(Documents.spans().stream()
                        .filter(span -> span.text().matches("[A-Z][A-Za-z0-9]*Test(#.*)?"))
                        .filter(span -> !tests.contains(span.text().replaceFirst("#.*", ""))))
                .isEmpty();
    }
}
