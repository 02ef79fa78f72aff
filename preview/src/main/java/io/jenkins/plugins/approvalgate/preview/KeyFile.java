package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.audit.Disk;
import io.jenkins.plugins.approvalgate.engine.audit.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** The preview's own key, in the place of Jenkins' instance identity: made at first use, kept in a file (PKCS #8). */
final class KeyFile implements Signer {

    private static final int BITS = 2048;

    private final Path file;
    private RSAPrivateCrtKey key;

    KeyFile(Path file) {
        this.file = file;
    }

    @Override
    public byte[] sign(byte[] content) throws IOException {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IOException(file + " cannot sign", unusable);
        }
    }

    @Override
    public RSAPublicKey publicKey() throws IOException {
        try {
            RSAPrivateCrtKey own = key();
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(own.getModulus(), own.getPublicExponent()));
        } catch (GeneralSecurityException unusable) {
            throw new IOException(file + " has no usable key", unusable);
        }
    }

    private synchronized RSAPrivateCrtKey key() throws IOException, GeneralSecurityException {
        if (key == null) {
            if (Files.notExists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS);
                Disk.replace(file, generator.generateKeyPair().getPrivate().getEncoded());
            }
            key = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
        }
        return key;
    }
}
