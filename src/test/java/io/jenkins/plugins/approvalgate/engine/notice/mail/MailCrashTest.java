package io.jenkins.plugins.approvalgate.engine.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.jenkins.plugins.approvalgate.engine.FakeHost;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The process is killed while it mails: nobody is told twice, and nobody is left out but who was told in that very moment. */
public class MailCrashTest {

    private static final long SEED = 20_260_306;
    private static final int ROUNDS = 6;
    private static final int GATES = 15;
    private static final Pattern GATE = Pattern.compile("approvals/gates/([0-9A-Za-z-]+)");
    private static final Pattern UNCERTAIN = Pattern.compile("It is not known .* to (\\S+):");

    @Rule
    public final TemporaryFolder home = new TemporaryFolder();

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @Before
    public void start() {
        server.start();
    }

    @After
    public void stop() {
        server.stop();
    }

    @Test
    public void killedWhileItMails_tellsNobodyTwice_andForgetsNobody() throws Exception {
        Random random = new Random(SEED);
        List<String> said = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int enough = server.getReceivedMessages().length + 1 + random.nextInt(10);
            try (MailProcess process = process(1 + round * GATES, GATES)) {
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> server.getReceivedMessages().length >= enough || process.isIdle());
                said.addAll(process.kill());
            }
        }
        try (MailProcess process = process(0, 0)) {
            await().atMost(Duration.ofMinutes(2)).until(process::isIdle);
            said.addAll(process.kill());
        }
        Set<String> uncertain = uncertain(said);
        Map<String, Integer> told = told();
        assertThat(told.values()).as("seed %s: %s", SEED, told).allMatch(times -> times == 1);
        Set<String> missing = new TreeSet<>(expected());
        missing.removeAll(told.keySet());
        assertThat(missing)
                .as("seed %s, uncertain %s", SEED, uncertain)
                .allMatch(one -> uncertain.contains(one.substring(one.indexOf(' ') + 1)));
        assertThat(told).hasSizeGreaterThan(ROUNDS);
    }

    private MailProcess process(int first, int gates) throws Exception {
        return MailProcess.start(home.getRoot().toPath(), server.getSmtp().getPort(), first, gates);
    }

    /** To whom nobody knows whether a mail was sent. */
    private static Set<String> uncertain(List<String> said) {
        Set<String> addresses = new TreeSet<>();
        for (String line : said) {
            Matcher matcher = UNCERTAIN.matcher(line);
            if (matcher.find()) {
                addresses.add(matcher.group(1));
            }
        }
        return addresses;
    }

    /** How often which address was told of which gate. */
    private Map<String, Integer> told() throws Exception {
        Map<String, Integer> told = new HashMap<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            Set<String> gates = new TreeSet<>();
            Matcher matcher = GATE.matcher(GreenMailUtil.getBody(mail).replace("=\r\n", ""));
            while (matcher.find()) {
                gates.add(matcher.group(1));
            }
            for (String gate : gates) {
                told.merge(gate + " " + mail.getAllRecipients()[0], 1, Integer::sum);
            }
        }
        return told;
    }

    /** Each gate that the journal knows, and whom it had to ask. */
    private Set<String> expected() throws Exception {
        Set<String> expected = new TreeSet<>();
        Path folder = home.getRoot().toPath();
        FakeHost host = new FakeHost(Town.of(""), Given.environment("prod", "any: alice"));
        try (GateKeeper keeper = GateKeeper.open(folder, host, Clock.systemUTC())) {
            keeper.open().forEach(gate ->
                    MailProcess.PEOPLE.forEach(person -> expected.add(gate.id() + " " + person + "@example.com")));
        }
        return expected;
    }
}
