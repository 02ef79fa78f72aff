package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * JSON objects that carry their own signature: in {@code signature}, as Base64, over the object's canonical JSON (RFC 8785)
 * without it. So {@code jq} and {@code openssl} can check it.
 */
public final class Sealed {

    private static final String FIELD = "signature";

    private Sealed() {}

    /**
     * The object with its signature.
     *
     * @throws IOException if there is no key now
     */
    public static ObjectNode seal(ObjectNode content, Signer signer) throws IOException {
        byte[] signature = signer.sign(Json.canonical(content));
        return content.deepCopy().put(FIELD, Base64.getEncoder().encodeToString(signature));
    }

    /** Whether the object is as the owner of {@code key} signed it. */
    public static boolean holds(JsonNode sealed, RSAPublicKey key) {
        if (!(sealed instanceof ObjectNode object) || !object.path(FIELD).isTextual()) {
            return false;
        }
        ObjectNode content = object.deepCopy();
        content.remove(FIELD);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(Json.canonical(content));
            return signature.verify(Base64.getDecoder().decode(object.get(FIELD).textValue()));
        } catch (GeneralSecurityException | IllegalArgumentException | UncheckedIOException malformed) {
            return false;
        }
    }
}
