package io.jenkins.plugins.approvalgate.host;

import io.jenkins.plugins.approvalgate.engine.audit.Signer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import org.jenkinsci.main.modules.instance_identity.InstanceIdentity;

/** Signs with the key that this Jenkins is known by to others, which the plugin Instance Identity keeps. */
final class IdentitySigner implements Signer {

    @Override
    public byte[] sign(byte[] content) throws IOException {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(identity().getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IOException("The identity of this Jenkins cannot sign: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public RSAPublicKey publicKey() throws IOException {
        return identity().getPublic();
    }

    private static InstanceIdentity identity() throws IOException {
        InstanceIdentity identity = InstanceIdentity.get();
        if (identity == null) {
            throw new IOException(
                    "This Jenkins has no identity to sign with: Jenkins is still starting, or its identity.key cannot be read.");
        }
        return identity;
    }
}
