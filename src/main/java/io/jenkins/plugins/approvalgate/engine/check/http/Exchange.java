package io.jenkins.plugins.approvalgate.engine.check.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request and its reply.
 *
 * @param size the largest reply, in bytes
 */
record Exchange(Clients.Client client, Question question, Masks masks, int size) {

    /**
     * Makes it. When this returns or throws, nothing of it goes on.
     *
     * @param limit the longest to wait for the last byte of the reply
     */
    Reply make(Duration limit) throws NoAnswer, InterruptedException {
        MetadataServices.refuse(question.address());
        AtomicReference<LimitedBody> body = new AtomicReference<>();
        CompletableFuture<HttpResponse<byte[]>> coming = client.http().sendAsync(request(), head -> {
            body.set(new LimitedBody(size));
            return body.get();
        });
        boolean done = false;
        try {
            HttpResponse<byte[]> response = coming.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            done = true;
            return new Reply(response.statusCode(), response.headers(), response.body(), masks);
        } catch (TimeoutException late) {
            throw NoAnswer.passing("its reply was not there in time");
        } catch (ExecutionException failed) {
            throw NoAnswer.because(failed.getCause(), masks);
        } finally {
            if (!done) {
                coming.cancel(true);
                LimitedBody begun = body.get();
                if (begun != null) {
                    begun.stop();
                }
            }
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(question.address());
        if (question.body().isPresent()) {
            Question.Body sent = question.body().get();
            request.setHeader("Content-Type", sent.type());
            request.method(question.method(), HttpRequest.BodyPublishers.ofByteArray(sent.content()));
        } else if (!question.method().equals("GET")) {
            request.method(question.method(), HttpRequest.BodyPublishers.noBody());
        }
        question.headers().forEach(request::setHeader);
        client.proxyLogin(question.address()).ifPresent(login -> request.setHeader("Proxy-Authorization", Login.basic(login)));
        return request.build();
    }
}
