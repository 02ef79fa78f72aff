package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.rest.Caller;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import java.time.Clock;
import java.util.List;

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
        return reply(api.handle(request(call, call.below(2)), caller));
    }

    /** {@code /approval-gate-callback/<token>}: whoever knows the token may answer, whoever they are. */
    Reply callback(Call call) {
        return reply(api.callback(call.path().get(1), request(call, call.path())));
    }

    private static RestRequest request(Call call, List<String> path) {
        return new RestRequest(
                call.method(),
                path,
                call.query(),
                RestRequest.mediaType(call.header("Content-Type").orElse(null)),
                call.header("If-None-Match"),
                call.body());
    }

    private static Reply reply(RestResponse response) {
        return new Reply(response.status(), response.headers(), response.content());
    }
}
