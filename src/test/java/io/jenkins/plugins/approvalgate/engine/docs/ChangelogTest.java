package io.jenkins.plugins.approvalgate.engine.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

/** The changelog is kept as {@code CONTRIBUTING.md} says. */
public class ChangelogTest {

    private static List<String> headings(String depth) {
        return Documents.prose(Documents.root().resolve("CHANGELOG.md")).stream()
                .filter(line -> line.startsWith(depth + " "))
                .map(line -> line.substring(depth.length() + 1))
                .toList();
    }

    @Test
    public void itBeginsWithWhatIsUnreleased_andReleasesHaveTheirVersionAndDate() {
        List<String> releases = headings("##");
        assertThat(releases).first().isEqualTo("Unreleased");
        assertThat(releases.subList(1, releases.size())).allMatch(release -> release.matches("\\S+ - \\d{4}-\\d{2}-\\d{2}"));
    }

    @Test
    public void changes_standUnderTheKindsThatThereAre() {
        assertThat(headings("###")).isNotEmpty().isSubsetOf("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");
    }
}
