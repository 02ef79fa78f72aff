package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.check.calendar.BusinessHours;
import io.jenkins.plugins.approvalgate.engine.check.calendar.Calendars;
import io.jenkins.plugins.approvalgate.engine.check.calendar.ChangeFreeze;
import io.jenkins.plugins.approvalgate.engine.check.http.FunctionCheck;
import io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls;
import io.jenkins.plugins.approvalgate.engine.check.http.OpaPolicy;
import io.jenkins.plugins.approvalgate.engine.check.http.PrometheusAlerts;
import io.jenkins.plugins.approvalgate.engine.check.http.RestCheck;
import java.util.List;

/** Our own kinds of checks, in the order in which they are offered. */
final class BuiltIn {

    private BuiltIn() {}

    static List<CheckType> types(Surroundings surroundings) {
        HttpCalls calls = new HttpCalls(surroundings);
        Calendars calendars = new Calendars(surroundings, calls);
        return List.of(
                new NamedType("branchControl", BranchControl::of),
                new NamedType("allowedJobs", AllowedJobs::of),
                new NamedType("requiredTemplate", RequiredTemplate::of),
                new NamedType("businessHours", BusinessHours::of),
                new NamedType("changeFreeze", options -> ChangeFreeze.of(options, calendars)),
                new NamedType("waitTimer", WaitTimer::of),
                new NamedType("metricThreshold", MetricThreshold::of),
                new NamedType("restCheck", options -> RestCheck.of(options, calls)),
                new NamedType("functionCheck", options -> FunctionCheck.of(options, calls)),
                new NamedType("opaPolicy", options -> OpaPolicy.of(options, calls)),
                new NamedType("prometheusAlerts", options -> PrometheusAlerts.of(options, calls)));
    }
}
