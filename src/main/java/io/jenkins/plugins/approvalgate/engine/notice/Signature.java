package io.jenkins.plugins.approvalgate.engine.notice;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves to a receiver who sent something, and when: so that nobody can send it once more later. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * {@code v1=} and the HMAC-SHA256, in lower-case hex, over the time, a dot and the body, with the credential's text as the
     * key, without white space around it.
     *
     * @param time in Unix seconds
     * @throws IOException if the credential cannot be a key
     */
    static String of(Secret secret, String id, long time, byte[] body) throws IOException {
        if (!(secret instanceof Secret.Text text) || text.text().isBlank()) {
            throw new IOException("the credential \"" + id + "\" is no key: it has to be a secret text that is not empty");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(text.text().strip().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
