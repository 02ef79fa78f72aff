package io.jenkins.plugins.approvalgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Which credentials a check may use. */
public class CredentialsTest {

    @ClassRule
    public static final JenkinsRule jenkins = Jenkinses.shared();

    private final JenkinsSurroundings surroundings = new JenkinsSurroundings();

    private static void add(Credentials credentials) throws IOException {
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(Domain.global(), credentials);
    }

    private static hudson.util.Secret secret(String text) {
        return hudson.util.Secret.fromString(text);
    }

    @Test
    public void secretText_andUserNameWithPassword() throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", secret("s3cret")));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "", "bot", "password-of-bot"));
        assertThat(surroundings.secret("token")).isEqualTo(new Secret.Text("s3cret"));
        assertThat(surroundings.secret("login")).isEqualTo(new Secret.UserPassword("bot", "password-of-bot"));
        try (ACLContext nobody = ACL.as2(Jenkins.ANONYMOUS2)) {
            assertThat(surroundings.secret("token")).isEqualTo(new Secret.Text("s3cret"));
        }
    }

    @Test
    public void whatIsForJenkinsItself_orOfAnotherKind_orNotThere_isRefusedByItsId() throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "for-jenkins", "", secret("s3cret")));
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL, "file", "", "name", SecretBytes.fromString("eA==")));
        for (String id : new String[] {"for-jenkins", "file", "absent"}) {
            assertThatThrownBy(() -> surroundings.secret(id))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("there is no credential \"" + id + "\" that a check may use")
                    .hasMessageNotContaining("s3cret");
        }
    }
}
