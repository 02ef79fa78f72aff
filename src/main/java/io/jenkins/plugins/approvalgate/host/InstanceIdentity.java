package io.jenkins.plugins.approvalgate.host;

import io.jenkins.plugins.approvalgate.engine.audit.Signer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import jenkins.model.identity.InstanceIdentityProvider;

/** Signs with the key that this Jenkins is known by to others; the plugin Instance Identity keeps it. */
final class InstanceIdentity implements Signer {

    private static final String MISSING =
            "This Jenkins has no identity to sign with: install and enable the plugin Instance Identity.";

    @Override
    public byte[] sign(byte[] content) throws IOException {
        RSAPrivateKey key = InstanceIdentityProvider.RSA.getPrivateKey();
        if (key == null) {
            throw new IOException(MISSING);
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IOException("The identity of this Jenkins cannot sign: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public RSAPublicKey publicKey() throws IOException {
        RSAPublicKey key = InstanceIdentityProvider.RSA.getPublicKey();
        if (key == null) {
            throw new IOException(MISSING);
        }
        return key;
    }
}
