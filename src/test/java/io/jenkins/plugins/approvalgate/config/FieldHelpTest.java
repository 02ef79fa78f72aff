package io.jenkins.plugins.approvalgate.config;

import static io.jenkins.plugins.approvalgate.Jenkinses.settle;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** Every field of every form of ours has its help, in English and in German, as Jenkins hands it out. */
public class FieldHelpTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    private static final Path RESOURCES = Path.of("src/main/resources");

    /** An entry, or what is one by itself. */
    private static final Pattern FIELD =
            Pattern.compile("<f:(?:entry|optionalProperty|optionalBlock|checkbox)\\b[^>]*\\bfield=\"(\\w+)\"");

    /** As Jenkins does at its start, which the harness leaves out. */
    @BeforeClass
    public static void speakTheLanguageOfTheReader() {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                StaplerRequest2 request = Stapler.getCurrentRequest2();
                return request == null ? Locale.getDefault() : request.getLocale();
            }
        });
    }

    @AfterClass
    public static void speakOneLanguage() {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.getDefault();
            }
        });
    }

    @Before
    public void settled() {
        settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
    }

    /** Where the help of each field is, by descriptor and field; {@code null} where there is none. */
    private static Map<String, String> helps() throws Exception {
        return jenkins.createWebClient().login("admin").executeOnServer(FieldHelpTest::helpsOfRequest);
    }

    private static Map<String, String> helpsOfRequest() throws IOException {
        Map<String, String> helps = new TreeMap<>();
        List<Descriptor<?>> ours = new ArrayList<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.clazz.getName().startsWith("io.jenkins.plugins.approvalgate.")) {
                ours.add(descriptor);
            }
        }
        assertThat(ours).hasSizeGreaterThan(20);
        for (Descriptor<?> descriptor : ours) {
            for (Class<?> type = descriptor.clazz; type != null; type = type.getSuperclass()) {
                for (Path view : views(type)) {
                    FIELD.matcher(Files.readString(view)).results().forEach(match -> helps.put(
                            descriptor.clazz.getSimpleName() + "." + match.group(1), descriptor.getHelpFile(match.group(1))));
                }
            }
        }
        return helps;
    }

    private static List<Path> views(Class<?> type) throws IOException {
        Path folder = RESOURCES.resolve(type.getName().replace('.', '/').replace('$', '/'));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> views = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jelly")) {
            all.forEach(views::add);
        }
        return views;
    }

    @Test
    public void everyField_hasHelp() throws Exception {
        Map<String, String> helps = helps();
        assertThat(helps).hasSizeGreaterThan(100);
        assertThat(helps.entrySet().stream().filter(help -> help.getValue() == null).map(Map.Entry::getKey)).isEmpty();
    }

    @Test
    public void help_isInTheLanguageOfTheReader() throws Exception {
        String timeout = helps().get("EnvironmentItem.timeout");
        for (String[] reader : new String[][] {
            {"en-GB,en", "How long a gate waits at most"}, {"de-AT,de", "Wie lange ein Gate höchstens wartet"}, {"tlh", "How long a gate waits at most"}}) {
            JenkinsRule.WebClient client = jenkins.createWebClient().login("admin");
            client.addRequestHeader("Accept-Language", reader[0]);
            assertThat(client.goTo(timeout.substring(1), "text/html").getWebResponse().getContentAsString())
                    .as(reader[0])
                    .contains(reader[1]);
        }
    }

    @Test
    public void formAndPages_areInGerman_forWhoReadsGerman() throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login("admin");
        client.setJavaScriptEnabled(false);
        client.addRequestHeader("Accept-Language", "de-DE,de");
        String form = client.goTo("manage/approval-gate/").getWebResponse().getContentAsString();
        assertThat(Stream.of("Umgebung hinzufügen", "Erwartete Antwortzeit (SLA)", "Genehmigergruppen", "Exklusive Sperre"))
                .allSatisfy(words -> assertThat(form).contains(words));
        assertThat(form).doesNotContain("Expected turnaround");
        assertThat(client.goTo("approvals/").getWebResponse().getContentAsString())
                .contains("lang=\"de\"", "Steht für Sie an", "Freigaben");
        client.removeRequestHeader("Accept-Language");
        client.addRequestHeader("Accept-Language", "en");
        assertThat(client.goTo("manage/approval-gate/").getWebResponse().getContentAsString())
                .contains("Expected turnaround (SLA)", "Add environment");
    }
}
