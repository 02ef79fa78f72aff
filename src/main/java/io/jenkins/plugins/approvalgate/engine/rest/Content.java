package io.jenkins.plugins.approvalgate.engine.rest;

import java.io.IOException;
import java.io.OutputStream;

/** What an answer carries. */
public sealed interface Content {

    /**
     * Puts it into {@code out}, which stays open.
     *
     * @throws IOException if it could not be brought to its end. A host that has begun to send it then has to break the
     *     connection, so that nobody takes what came for all there is (RFC 9112, section 8)
     */
    void writeTo(OutputStream out) throws IOException;

    /** All there is, so its length can be told before. */
    record Whole(byte[] bytes) implements Content {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    /** Made while it is sent, so it may be of any length; a host sends it in chunks and never keeps it. */
    record Streamed(Source source) implements Content {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            source.writeTo(out);
        }
    }

    /** Makes a content, once, on the thread that sends it. */
    @FunctionalInterface
    interface Source {
        /** As {@link Content#writeTo}. */
        void writeTo(OutputStream out) throws IOException;
    }
}
