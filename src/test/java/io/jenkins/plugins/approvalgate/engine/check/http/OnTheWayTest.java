package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What stands between us and whom we ask: the host's proxy, and TLS. */
public class OnTheWayTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @Rule
    public final Web proxy = new Web();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Asks asks = new Asks();

    @Test
    public void proxyOfTheHost_isUsed() throws Exception {
        asks.surroundings.client(client -> client.proxy(ProxySelector.of(proxy.address())));
        proxy.answers(200, "{\"state\":\"ok\"}");
        assertThat(asks.rest("url", "http://checks.invalid/x", "success", "/state == \"ok\"").verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(proxy.last().address()).isEqualTo("http://checks.invalid/x");
    }

    @Test
    public void proxyThatWantsALogin_getsIt_andTheServerItsOwn() throws Exception {
        asks.surroundings.client(client -> client
                .proxy(ProxySelector.of(proxy.address()))
                .authenticator(loginOf("jenkins", "proxy-secret")));
        asks.surroundings.secrets.put("token", new Secret.Text("top-secret"));
        proxy.answers((exchange, request, number) ->
                Web.reply(exchange, 200, request.header("Authorization") + ", " + request.header("Proxy-Authorization")));
        assertThat(asks.rest("url", "http://checks.invalid/x", "credentials", "token").detail())
                .isEqualTo("HTTP 200\nBearer ****, Basic ****");
        assertThat(proxy.last().header("Authorization")).isEqualTo("Bearer top-secret");
        assertThat(proxy.last().header("Proxy-Authorization")).isEqualTo("Basic amVua2luczpwcm94eS1zZWNyZXQ=");
    }

    private static Authenticator loginOf(String user, String password) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(user, password.toCharArray())
                        : null;
            }
        };
    }

    @Test
    public void proxyThatRefusesUs_isNamed() {
        asks.surroundings.client(client -> client.proxy(ProxySelector.of(proxy.address())));
        proxy.answers(407, "", "Proxy-Authenticate", "Basic realm=\"x\"");
        assertThatThrownBy(() -> asks.rest("url", "http://checks.invalid/x"))
                .hasMessage("http://checks.invalid/x did not answer: the proxy does not accept our login (407)");
    }

    @Test
    public void certificateThatNobodySigned_isNoAnswer() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger requests = new AtomicInteger();
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.getRoot().toPath().resolve("keys.p12"))));
        server.createContext("/", exchange -> requests.incrementAndGet());
        server.start();
        try {
            String address = "https://127.0.0.1:" + server.getAddress().getPort() + "/x";
            assertThatThrownBy(() -> asks.rest("url", address))
                    .hasMessageStartingWith(address + " did not answer: TLS: ")
                    .hasMessageContaining("unable to find valid certification path")
                    .hasNoCause();
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext selfSigned(Path keys) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore",
                        keys.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-alias", "self",
                        "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
