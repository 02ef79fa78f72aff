package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.rest.Caller;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import java.time.Clock;

/** {@code /approvals/rest/}: nothing but a way to the engine's API, and to say what time it is there. */
final class ApiRoute implements Route {

    private final RestApi api;
    private final Access access;
    private final Clock clock;

    ApiRoute(RestApi api, Access access, Clock clock) {
        this.api = api;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public Reply answer(Call call) {
        Reply reply;
        try {
            reply = ask(call, Accounts.caller(access.account(call)));
        } catch (Access.UnknownAccount unknown) {
            reply = Reply.error(401, "signIn", unknown.getMessage());
        }
        return (reply.status() == 401 ? Access.unauthorized(call, reply) : reply)
                .with("Approval-Gate-Now", clock.instant().toString());
    }

    private Reply ask(Call call, Caller caller) {
        RestResponse response = api.handle(
                new RestRequest(
                        call.method(),
                        call.below(2),
                        call.query(),
                        RestRequest.mediaType(call.header("Content-Type").orElse(null)),
                        call.header("If-None-Match"),
                        call.body()),
                caller);
        return new Reply(response.status(), response.headers(), response.body());
    }
}
