package io.jenkins.plugins.approvalgate.engine.audit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;

/** A key that lasts as long as the tests. */
public final class TestKey implements Signer {

    private static final KeyPair PAIR = generate();

    private final KeyPair pair;

    public TestKey() {
        this(PAIR);
    }

    TestKey(KeyPair pair) {
        this.pair = pair;
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }
}
