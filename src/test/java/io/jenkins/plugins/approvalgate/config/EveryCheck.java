package io.jenkins.plugins.approvalgate.config;

import java.util.List;

/** A check of each of our kinds, in the order in which they are offered. */
final class EveryCheck {

    private EveryCheck() {}

    /** With every setting given, and none of them what would be meant anyway. */
    static List<ApprovalCheck> full() {
        return List.of(
                branchControl(), allowedJobs(), requiredTemplate(), waitTimer(), metricThreshold(), businessHours(),
                changeFreeze(), restCheck(), functionCheck(), opaPolicy(), prometheusAlerts());
    }

    static BranchControlCheck branchControl() {
        BranchControlCheck check = new BranchControlCheck();
        check.setAllowed(Texts.of("main", "release/*", "refs/tags/v*"));
        check.setExcluded(Texts.of("release/*-test"));
        return check;
    }

    static AllowedJobsCheck allowedJobs() {
        AllowedJobsCheck check = new AllowedJobsCheck();
        check.setAllowed(Texts.of("payments/**"));
        check.setExcluded(Texts.of("payments/sandbox/**", "payments/old"));
        return check;
    }

    static RequiredTemplateCheck requiredTemplate() {
        RequiredTemplateCheck check = new RequiredTemplateCheck();
        check.setLibrary("deployment");
        check.setVersion("v2.*");
        check.setRepository("https://git.example.org/platform/*");
        check.setPath("ci/**");
        check.setAllowReplay(true);
        return check;
    }

    static WaitTimerCheck waitTimer() {
        WaitTimerCheck check = new WaitTimerCheck();
        check.setDuration("10m");
        return check;
    }

    static MetricThresholdCheck metricThreshold() {
        MetricThresholdCheck check = new MetricThresholdCheck();
        check.setCondition("accuracy >= 0.92 && \"error rate\" < 0.01");
        check.setWhenTrue("approve");
        check.setWhenFalse("pass");
        return check;
    }

    static BusinessHoursCheck businessHours() {
        BusinessHoursCheck check = new BusinessHoursCheck();
        check.setDays("MON,WED,FRI");
        check.setFrom("22:00");
        check.setTo("06:00");
        check.setTimeZone("America/New_York");
        check.setHolidays(Texts.of("US", "DE-BY"));
        check.setClosedDates(Texts.of("2026-12-24", "12-31"));
        check.setOutside("refuse");
        return check;
    }

    static ChangeFreezeCheck changeFreeze() {
        FreezeWindow once = new FreezeWindow();
        once.setFrom("2026-12-20T18:00");
        once.setTo("2027-01-04");
        once.setReason("Quarterly <closing>");
        FreezeWindow again = new FreezeWindow();
        again.setFrom("2027-03-30");
        again.setTo("2027-04-02T06:00");
        RecurringFreeze monthly = new RecurringFreeze();
        monthly.setStart("2026-01-30T18:00");
        monthly.setDuration("2d");
        monthly.setRule("FREQ=MONTHLY;BYDAY=-1FR");
        monthly.setReason("Month-end");
        ChangeFreezeCheck check = new ChangeFreezeCheck();
        check.setWindows(List.of(once, again));
        check.setRecurring(List.of(monthly));
        check.setTimeZone("Europe/Berlin");
        check.setCalendar("https://calendar.example.org/freezes.ics");
        check.setRefresh("30m");
        check.setCredentials("token");
        check.setApprovals("refuse");
        return check;
    }

    private static void asking(AskingCheck check) {
        check.setUrl("https://checks.example.org");
        check.setCredentials("token");
        check.setConnectTimeout("2s");
        check.setTimeout("12s");
        check.setRetries(WholeNumber.of(0));
        check.setInterval("7m");
    }

    static RestCheck restCheck() {
        RestCheck check = new RestCheck();
        asking(check);
        check.setUrl("https://checks.example.org/api/${job}?of=gate&build=${build}");
        check.setMethod("PUT");
        check.setHeaders(Headers.parse("X-Team: payments\nX-Branch: ${branch}"));
        check.setBody("{\"branch\": \"${branch}\",\n \"job\": \"${job}\"}");
        check.setCredentialsHeader("X-Api-Key");
        check.setStatuses(Texts.of("200-299", "304"));
        check.setSuccess(TextLines.of("/state == \"ok, really\"", "/score >= 0.9"));
        check.setOtherwise("fail");
        return check;
    }

    static FunctionCheck functionCheck() {
        FunctionCheck check = new FunctionCheck();
        asking(check);
        check.setKeyHeader("X-Key");
        check.setHeaders(Headers.parse("X-Team: payments"));
        check.setBody("{\"answer\": \"${callbackUrl}\"}");
        check.setCallback(true);
        check.setCallbackWithin("2h");
        return check;
    }

    static OpaPolicyCheck opaPolicy() {
        OpaPolicyCheck check = new OpaPolicyCheck();
        asking(check);
        check.setPath("deploy/production");
        check.setCredentialsHeader("X-Api-Key");
        check.setWhenDenied("wait");
        return check;
    }

    static PrometheusAlertsCheck prometheusAlerts() {
        PrometheusAlertsCheck check = new PrometheusAlertsCheck();
        asking(check);
        check.setSelector("env=\"prod\",severity=~\"critical|page\"");
        check.setQuietFor("10m");
        check.setCredentialsHeader("X-Api-Key");
        return check;
    }

    /** With what is needed only. */
    static List<ApprovalCheck> bare() {
        BranchControlCheck branches = new BranchControlCheck();
        branches.setAllowed(Texts.of("main"));
        AllowedJobsCheck jobs = new AllowedJobsCheck();
        jobs.setAllowed(Texts.of("app"));
        RequiredTemplateCheck template = new RequiredTemplateCheck();
        template.setPath("Jenkinsfile");
        MetricThresholdCheck metric = new MetricThresholdCheck();
        metric.setCondition("loss < 0.3");
        BusinessHoursCheck hours = new BusinessHoursCheck();
        hours.setFrom("09:00");
        hours.setTo("17:00");
        hours.setTimeZone("UTC");
        ChangeFreezeCheck freeze = new ChangeFreezeCheck();
        freeze.setCalendar("https://calendar.example.org/freezes.ics");
        RestCheck rest = new RestCheck();
        rest.setUrl("https://checks.example.org/");
        FunctionCheck function = new FunctionCheck();
        function.setUrl("https://checks.example.org/");
        OpaPolicyCheck policy = new OpaPolicyCheck();
        policy.setUrl("https://checks.example.org");
        policy.setPath("deploy");
        PrometheusAlertsCheck alerts = new PrometheusAlertsCheck();
        alerts.setUrl("https://checks.example.org");
        return List.of(
                branches, jobs, template, waitTimer(), metric, hours, freeze, rest, function, policy, alerts);
    }
}
