package io.jenkins.plugins.approvalgate.engine.notice;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** RFC 2104 word by word, for comparison. */
final class PlainHmac {

    private static final int BLOCK = 64;

    private PlainHmac() {}

    static String hex(String key, String prefix, byte[] body) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(prefix.getBytes(StandardCharsets.UTF_8));
        text.write(body);
        byte[] k = key.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(k.length > BLOCK ? sha256(k) : k, BLOCK);
        byte[] inner = sha256(padded, 0x36, text.toByteArray());
        return HexFormat.of().formatHex(sha256(padded, 0x5c, inner));
    }

    private static byte[] sha256(byte[] key, int pad, byte[] text) throws Exception {
        byte[] whole = new byte[BLOCK + text.length];
        for (int i = 0; i < BLOCK; i++) {
            whole[i] = (byte) (key[i] ^ pad);
        }
        System.arraycopy(text, 0, whole, BLOCK, text.length);
        return sha256(whole);
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
