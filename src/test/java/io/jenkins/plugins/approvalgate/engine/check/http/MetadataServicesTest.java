package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.FakeSurroundings;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** Whatever an address is made to look like, a cloud's own secrets are not asked for. */
public class MetadataServicesTest {

    private static final String REFUSED = "is where a cloud keeps this machine's own secrets; nothing is sent there";

    /** Refused as soon as they are written down. */
    private static final List<String> WRITTEN = List.of(
            "http://169.254.169.254/latest/meta-data/iam/",
            "https://169.254.169.254:8443/",
            "http://169.254.170.2/v2/credentials",
            "http://2852039166/",
            "http://100.100.100.200/",
            "http://168.63.129.16/",
            "http://192.0.0.192/",
            "http://metadata.google.internal/computeMetadata/v1/",
            "http://METADATA.Google.Internal./",
            "http://metadata.goog/",
            "http://[fe80::1]/",
            "http://[febf:ffff::1]/",
            "http://[fd00:ec2::254]/",
            "http://[fd00:0ec2:0::0254]/",
            "http://[fd20:ce::254]/",
            "http://[::ffff:169.254.169.254]/",
            "http://[::ffff:a9fe:a9fe]/",
            "http://[::169.254.169.254]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[64:ff9b:1::a9fe:a9fe]/",
            "http://[2002:a9fe:a9fe::1]/",
            "http://[2002:6464:64c8::]/");

    /** No addresses to Java; to some resolvers they are. */
    private static final List<String> OLD_SPELLINGS = List.of(
            "http://0xa9fea9fe/", "http://0xa9.0xfe.0xa9.0xfe/", "http://0251.0376.0251.0376/", "http://169.16689662/",
            "http://169.254.43518/", "http://169。254。169。254/", "http://①⑥⑨.254.169.254/");

    private static final List<String> FINE = List.of(
            "http://127.0.0.1/", "http://10.1.2.3/", "http://192.168.1.1/", "http://[fd00:ec3::254]/", "http://[2001:db8::1]/",
            "http://169.253.169.254/", "http://169.255.169.254/", "http://metadata.google.internal.example.com/",
            "http://nobody.invalid/");

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();

    @After
    public void allowNothing() {
        System.clearProperty(MetadataServices.ALLOWED);
    }

    @Test
    public void everyWayToWriteOne_isRefusedInTheSettings() {
        for (String url : WRITTEN) {
            assertThat(MetadataServices.whyNot(URI.create(url))).as(url).contains(REFUSED);
            for (String kind : List.of("restCheck", "functionCheck")) {
                assertRefused(kind, "url", url);
            }
            assertThatThrownBy(() -> Destination.of(url)).as(url).hasMessage("url: " + REFUSED);
        }
        for (String url : FINE) {
            assertThat(MetadataServices.whyNot(URI.create(url))).as(url).isEmpty();
        }
    }

    @Test
    public void everyKindThatAsksOthers_refusesIt() {
        assertRefused("opaPolicy", "url", "http://169.254.169.254/", "path", "a/b");
        assertRefused("prometheusAlerts", "url", "http://169.254.169.254/");
        assertRefused("changeFreeze", "calendar", "webcal://169.254.169.254/x.ics");
    }

    private static void assertRefused(String kind, String setting, String address, String... more) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(setting, address);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        CheckTypes types = CheckTypes.of(new FakeSurroundings(), List.of());
        assertThatThrownBy(() -> types.create(new CheckSpec(kind, settings)))
                .as(kind + " " + address)
                .hasMessage(kind + ": " + setting + ": " + REFUSED);
    }

    @Test
    public void nameThatMeansOne_isRefusedBeforeAnythingIsSent() throws Exception {
        for (String address : List.of("169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "100.100.100.200", "fd00:ec2::254")) {
            InetAddress[] both = {InetAddress.getByName("192.0.2.1"), InetAddress.getByName(address)};
            assertThatThrownBy(() -> MetadataServices.refuse(URI.create("https://innocent.example/"), host -> both))
                    .as(address)
                    .hasMessage("its host " + REFUSED);
        }
        MetadataServices.refuse(URI.create("https://innocent.example/"), host -> InetAddress.getAllByName("192.0.2.1"));
    }

    @Test
    public void oldSpellings_areRefusedOrLeadNowhere() {
        for (String url : OLD_SPELLINGS) {
            assertThatThrownBy(() -> asks.rest("url", url, "retries", 0)).as(url).satisfies(refused -> assertThat(refused.getMessage())
                    .as(url)
                    .containsAnyOf("no host that can be asked", "cannot stand in an address", REFUSED, "its host is not known"));
        }
    }

    @Test
    public void redirectThere_isNotFollowed() {
        for (String url : List.of("http://169.254.169.254/latest/", "//169.254.169.254/", "http://metadata.google.internal/")) {
            web.requests.clear();
            web.answers(302, "", "Location", url);
            assertThatThrownBy(() -> asks.rest("url", web.at("/"))).as(url).hasMessageContaining("which is not followed");
            assertThat(web.requests).hasSize(1);
        }
    }

    @Test
    public void allowed_isThatHostAlone() throws Exception {
        System.setProperty(MetadataServices.ALLOWED, "169.254.1.5, Metadata.goog,fd00:ec2::254");
        for (String url : List.of("http://169.254.1.5/", "http://metadata.goog/", "http://[fd00:ec2::254]/")) {
            assertThat(MetadataServices.whyNot(URI.create(url))).as(url).isEqualTo(Optional.empty());
            MetadataServices.refuse(URI.create(url));
        }
        assertThat(MetadataServices.whyNot(URI.create("http://169.254.169.254/"))).contains(REFUSED);
        web.answers(200, "");
        assertThat(asks.rest("url", web.at("/")).verdict()).isEqualTo(Verdict.PASS);
    }
}
