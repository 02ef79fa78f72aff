package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.security.interfaces.RSAPublicKey;

/**
 * The controller's own signature, for what leaves it: manifests, checkpoints, anchors. May be called by any thread.
 *
 * <p>Signatures are SHA256withRSA (RSASSA-PKCS1-v1_5, RFC 8017), so that
 * {@code openssl dgst -sha256 -verify key.pem -signature file.sig file} can check them.
 */
public interface Signer {

    /** @throws IOException if this controller has no key now; the message says what to do */
    byte[] sign(byte[] content) throws IOException;

    /**
     * The key that the signatures can be checked with.
     *
     * @throws IOException as {@link #sign}
     */
    RSAPublicKey publicKey() throws IOException;
}
