package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the pages ask again and again, each answer with its bytes, among very many open gates and, in turns, among a hundred.
 *
 * <p>Twenty environments with branch control and business hours, five hundred jobs. The approver who asks has a place in
 * three of the environments: as the one who is asked, as one of two in turn whose turn it mostly is not, and as one of two
 * who mostly approved already; so that most gates that know the approver do not ask them.
 */
final class InboxMeasure implements Measure {

    private static final int ENVIRONMENTS = 20;
    private static final int JOBS = 500;

    @Override
    public String name() {
        return "inbox";
    }

    @Override
    public String heap() {
        return "4g";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        int many = setting.size(100_000, 2_000);
        int samples = setting.size(400, 30);
        List<Figure> figures = new ArrayList<>();
        try (Site large = new Site(setting, "large", many);
                Site small = new Site(setting, "small", 100)) {
            ask(figures, "scope=mine&limit=50", true, large, small, samples, many);
            ask(figures, "scope=open&limit=50", true, large, small, samples, many);
            ask(figures, "summary", false, large, small, samples, many);
        }
        return figures;
    }

    private static void ask(
            List<Figure> figures, String what, boolean limited, Site large, Site small, int samples, int many)
            throws Exception {
        Samples ofLarge = new Samples();
        Samples ofSmall = new Samples();
        for (int i = 0; i < samples; i++) {
            large.ask(what);
            small.ask(what);
        }
        for (int i = 0; i < samples; i++) {
            ofLarge.time(() -> large.ask(what));
            ofSmall.time(() -> small.ask(what));
        }
        String asked = what.equals("summary") ? "`summary`" : "`gates?" + what + "`";
        String among = asked + " among " + Numbers.brief(many) + " open gates, 99th percentile of " + samples;
        figures.add(
                limited
                        ? Figure.atMost(among, ofLarge.p99Millis(), "among 100", ofSmall.p99Millis(), "ms", 3)
                        : new Figure(
                                among, "among 100", ofLarge.p99Millis(), ofSmall.p99Millis(), "ms", "", Double.NaN, false));
        figures.add(Figure.within(asked + ", 99th percentile", ofLarge.p99Millis(), "ms", 10));
        figures.add(Figure.told(asked + ", median", ofLarge.medianMillis(), "ms"));
    }

    /** An engine with its gates. */
    private static final class Site implements AutoCloseable {
        private final GateKeeper keeper;
        private final RestApi api;

        Site(Setting setting, String name, int gates) throws Exception {
            BenchHost host = new BenchHost(environments(), Map.of("team", Set.of("erin", "frank")));
            Path home = setting.directory().resolve(name);
            List<Environment> environments = host.environments();
            ManyGates.write(home, host, gates, i -> life(i, environments));
            keeper = GateKeeper.open(home, host, new BenchClock(Typical.MONDAY.plusMillis(gates)));
            api = new RestApi(keeper, host, Optional.empty());
        }

        private static List<GateEvent> life(int i, List<Environment> environments) {
            int kind = i % ENVIRONMENTS;
            Instant at = Typical.MONDAY.plusMillis(i);
            String job = (i % 50 == 0 ? "secret/" : "models/") + "job-" + i % JOBS;
            List<GateEvent> life = new ArrayList<>();
            life.add(GateEvent.Requested.of(
                    Typical.request(environments.get(kind).name(), job, i, i % 7 == 0 ? "erin" : "dave"),
                    environments.get(kind),
                    at));
            if (kind == 1 && i % 5_000 == 1) {
                life.add(approved(at, "grace", 0));
            }
            if (kind == 2 && i % 10_000 != 2) {
                life.add(approved(at, "erin", 1));
            }
            return life;
        }

        private static GateEvent approved(Instant at, String who, int entry) {
            return new GateEvent.Approved(at, who, "Looks good.", Set.of(entry), List.of(), Map.of());
        }

        private static List<Environment> environments() {
            List<Environment> environments = new ArrayList<>();
            for (int i = 0; i < ENVIRONMENTS; i++) {
                Order order = i == 1 ? Order.SEQUENTIAL : i == 2 ? Order.UNANIMOUS : Order.ANY;
                List<Approver> approvers =
                        i < 3
                                ? List.of(Approver.user("grace"), Approver.group("team", 1))
                                : List.of(Approver.user("grace"), Approver.user("heidi-" + i));
                environments.add(Typical.environment("environment-" + i, order, approvers, Typical.checks()));
            }
            return environments;
        }

        int ask(String what) throws Exception {
            RestRequest request = what.equals("summary")
                    ? get(List.of("summary"), Map.of())
                    : get(List.of("gates"), Map.of("scope", what.substring(6, 10), "limit", "50"));
            RestResponse response = api.handle(request, new ApprovingCaller("erin"));
            if (response.status() != 200) {
                throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body().length;
        }

        private static RestRequest get(List<String> path, Map<String, String> query) {
            return new RestRequest("GET", path, query, Optional.empty(), Optional.empty(), InputStream.nullInputStream());
        }

        @Override
        public void close() throws Exception {
            keeper.close();
        }
    }
}
