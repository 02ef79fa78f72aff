package io.jenkins.plugins.approvalgate.engine.check.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where a reply sends us, followed only within the same origin, so that a credential never goes anywhere else. */
final class Redirect {

    /** How often in one attempt. */
    static final int MOST = 5;

    private Redirect() {}

    /**
     * What to ask next; empty if {@code reply} sends nowhere.
     *
     * @throws NoAnswer if it sends to another origin
     */
    static Optional<Question> follow(Question question, Reply reply) throws NoAnswer {
        Optional<String> location = reply.header("location");
        if (location.isEmpty()) {
            return Optional.empty();
        }
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 -> Optional.of(next(question, reply, location.get()));
            default -> Optional.empty();
        };
    }

    private static Question next(Question question, Reply reply, String location) throws NoAnswer {
        URI elsewhere = target(question, location);
        if (elsewhere.getHost() == null
                || elsewhere.getRawUserInfo() != null
                || !Question.origin(elsewhere).equals(Question.origin(question.address()))) {
            throw NoAnswer.lasting("it redirects to " + where(elsewhere, reply)
                    + ", which is not followed; name that address in the check if it is the right one");
        }
        return becomesGet(question.method(), reply.status()) ? question.asGet(elsewhere) : question.at(elsewhere);
    }

    private static URI target(Question question, String location) throws NoAnswer {
        try {
            return question.address().resolve(new URI(location));
        } catch (URISyntaxException | IllegalArgumentException unreadable) {
            throw NoAnswer.lasting("it redirects to an address that cannot be read");
        }
    }

    private static String where(URI elsewhere, Reply reply) {
        return elsewhere.getHost() == null
                ? "an address without a host"
                : Texts.atMost(300, Texts.line(reply.masked(Question.origin(elsewhere))));
    }

    // As browsers do: https://fetch.spec.whatwg.org/#http-redirect-fetch, step 12.
    private static boolean becomesGet(String method, int status) {
        return switch (status) {
            case 301, 302 -> method.equals("POST");
            case 303 -> !method.equals("HEAD");
            default -> false;
        };
    }
}
