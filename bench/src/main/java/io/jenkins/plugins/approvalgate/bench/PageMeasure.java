package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.engine.rest.RestRequest;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the inbox loads when it opens: the script that every page names, the inbox's own, and what these import, and the
 * styles, as the files are, uncompressed; what only some ever need comes when they do. And what is sent again of what pages ask for over and over while nothing changes: the bytes of the
 * answers to those who have them already.
 */
final class PageMeasure implements Measure {

    private static final Path WEBAPP = Path.of("src", "main", "webapp");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:import|export) [^;]*?from '\\./([a-z-]+\\.js)'|^import '\\./([a-z-]+\\.js)'");
    private static final List<List<String>> POLLED = List.of(
            List.of("summary"), List.of("gates"), List.of("environments"), List.of("environments", "production"));

    @Override
    public String name() {
        return "page";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        Set<String> scripts = scripts("app.js", "inbox.js");
        long bytes = 0;
        for (String script : scripts) {
            bytes += Files.size(WEBAPP.resolve("js").resolve(script));
        }
        bytes += Files.size(WEBAPP.resolve("css").resolve("approval-gate.css"));
        return List.of(
                Figure.within("script and style of the inbox, " + scripts.size() + " scripts", bytes / 1024.0, "KiB", 60),
                Figure.within(
                        "body of what is asked for again while nothing changes, " + POLLED.size() + " addresses, all 304",
                        sentAgain(setting.directory()),
                        "bytes",
                        0));
    }

    private static Set<String> scripts(String... first) throws IOException {
        Set<String> scripts = new TreeSet<>();
        Deque<String> rest = new ArrayDeque<>(List.of(first));
        while (!rest.isEmpty()) {
            String script = rest.pop();
            if (scripts.add(script)) {
                Matcher imports = IMPORT.matcher(Files.readString(WEBAPP.resolve("js").resolve(script)));
                while (imports.find()) {
                    rest.add(imports.group(1) != null ? imports.group(1) : imports.group(2));
                }
            }
        }
        return scripts;
    }

    private static long sentAgain(Path home) throws Exception {
        Environment environment =
                Typical.environment("production", Order.ANY, List.of(Approver.user("erin")), Typical.checks());
        BenchHost host = new BenchHost(List.of(environment), Map.of());
        long bytes = 0;
        try (GateKeeper keeper = GateKeeper.open(home, host, new BenchClock(Typical.MONDAY))) {
            RestApi api = new RestApi(keeper, host, Optional.empty());
            keeper.request(Typical.request("production", "models/sensors", 1, "dave"));
            for (List<String> address : POLLED) {
                String tag = get(api, address, Optional.empty()).headers().get("ETag");
                RestResponse again = get(api, address, Optional.of(tag));
                if (again.status() != 304) {
                    throw new IllegalStateException(address + " is sent again");
                }
                bytes += again.body().length;
            }
        }
        return bytes;
    }

    private static RestResponse get(RestApi api, List<String> path, Optional<String> seen) {
        return api.handle(
                new RestRequest("GET", path, Map.of(), Optional.empty(), seen, InputStream.nullInputStream()),
                new ApprovingCaller("erin"));
    }
}
