package io.jenkins.plugins.approvalgate.engine.audit.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Signer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An export with a signed manifest, as a ZIP file that is made while it is sent: the file itself, {@code manifest.json},
 * {@code manifest.json.sig} and {@code key.pem}. Checked by
 * {@code openssl dgst -sha256 -verify key.pem -signature manifest.json.sig manifest.json}.
 */
public final class SignedZip {

    private final AuditExport export;
    private final Optional<String> actor;
    private final Signer signer;
    private final Instant at;

    /** @param actor who exports */
    public SignedZip(AuditExport export, Optional<String> actor, Signer signer, Instant at) {
        this.export = export;
        this.actor = actor;
        this.signer = signer;
        this.at = at;
    }

    /**
     * Writes it.
     *
     * @param out stays open
     * @throws IOException if it could not be brought to its end; what was written is no ZIP file then
     */
    public void writeTo(OutputStream out) throws IOException {
        // Never closed: that would write an end also where there was none.
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        begin(zip, export.format().file());
        DigestOutputStream digest = new DigestOutputStream(new Open(zip), sha256());
        Sized sized = new Sized(digest);
        export.writeTo(sized);
        sized.flush();
        zip.closeEntry();
        String hash = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        byte[] manifest = Json.canonical(manifest(sized.size, hash));
        put(zip, "manifest.json", manifest);
        put(zip, "manifest.json.sig", signer.sign(manifest));
        put(zip, "key.pem", pem(signer.publicKey()));
        zip.finish();
    }

    private ObjectNode manifest(long size, String hash) {
        AuditExport.Counted counted = export.counted();
        ObjectNode manifest = Json.object();
        manifest.put("file", export.format().file());
        manifest.put("format", export.format().word());
        manifest.put("size", size);
        manifest.put("sha256", hash);
        manifest.put("count", counted.count());
        manifest.put("firstSeq", counted.first().orElse(null));
        manifest.put("lastSeq", counted.last().orElse(null));
        manifest.put("everyLine", isWhole(counted));
        manifest.set("filters", FilterJson.of(export.query()));
        manifest.put("controller", export.controller());
        manifest.put("exportedBy", actor.orElse(null));
        manifest.put("at", at.toString());
        manifest.putObject("journal")
                .put("after", export.scan().after())
                .put("seq", export.scan().seq())
                .put("head", export.scan().head())
                .put("doNotHold", counted.spoilt());
        return manifest;
    }

    /** Whether every line that was in the journal is in the file. */
    private boolean isWhole(AuditExport.Counted counted) {
        return counted.spoilt() == 0 && counted.count() == export.scan().seq() - export.scan().after();
    }

    private void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(at.toEpochMilli());
        zip.putNextEntry(entry);
    }

    private void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        begin(zip, name);
        zip.write(content);
        zip.closeEntry();
    }

    /** The key as {@code openssl} reads it (RFC 7468). */
    public static byte[] pem(PublicKey key) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String text = "-----BEGIN PUBLIC KEY-----\n" + lines.encodeToString(key.getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Passes on all but the end. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() {
            // Whoever opened it closes it.
        }
    }

    /** Counts what goes through. */
    private static final class Sized extends FilterOutputStream {
        private long size;

        Sized(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            size++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            size += length;
        }
    }
}
