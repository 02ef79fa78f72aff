package io.jenkins.plugins.approvalgate.pages;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * {@code /approval-gate-callback/<token>}: where those answer later who were asked by a check. They have no account here:
 * whoever knows the token may answer, once, so neither a login nor a crumb is asked for.
 */
@Extension
public final class CallbackEndpoint implements UnprotectedRootAction {

    private static final String URL = "approval-gate-callback";

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** The answer. The token is in the address alone: parameters are not looked at, so that the body is still there to read. */
    @SuppressWarnings("lgtm[jenkins/csrf]") // takes no user's rights
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Optional<RestApi> api = ApprovalGates.get().api();
        if (api.isEmpty()) {
            RestEndpoint.send(RestResponse.shut(), response);
            return;
        }
        String token = request.getRestOfPath().substring(1);
        RestRequest answer = new RestRequest(
                request.getMethod(),
                List.of(token),
                Map.of(),
                RestRequest.mediaType(request.getContentType()),
                Optional.empty(),
                request.getInputStream());
        RestEndpoint.send(api.get().callback(token, answer), response);
    }

    /** Nothing but such an address, and nothing but POST, goes without a crumb. */
    @Extension
    public static final class WithoutCrumb extends CrumbExclusion {

        private static final Pattern ADDRESS = Pattern.compile("/" + URL + "/[A-Za-z0-9_-]{1,100}");

        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            if (path == null || !ADDRESS.matcher(path).matches() || !request.getMethod().equals("POST")) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}
