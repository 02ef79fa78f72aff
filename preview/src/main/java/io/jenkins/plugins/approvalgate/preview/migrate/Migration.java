package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.preview.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * From Azure DevOps' checks to environments of ours. What comes out lets nobody through whom the source keeps out: where the
 * two differ ours is stricter, and where ours cannot say it, the environment stays shut. Either is told.
 */
public final class Migration {

    /** What an approval waits at most in Azure DevOps, and where nothing else is said: 30 days. */
    private static final Duration USUAL = Duration.ofMinutes(43_200);

    private final Function<String, Optional<String>> connections;
    private final BiFunction<String, Map<String, Object>, Optional<String>> objection;
    private final Map<AzureCheck.Resource, List<AzureCheck>> byResource = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();

    /**
     * @param connections gives the address of a service connection, by its id or name
     * @param objection why a check of ours, of this kind and with these settings, cannot be meant; empty if it can
     */
    public Migration(
            Function<String, Optional<String>> connections,
            BiFunction<String, Map<String, Object>, Optional<String>> objection) {
        this.connections = connections;
        this.objection = objection;
    }

    /**
     * Takes one answer of the API.
     *
     * @throws Place.Misfit if it is none
     */
    public void add(Place answer) throws Place.Misfit {
        for (AzureCheck check : AzureCheck.readAll(answer)) {
            if (check.resource().isEnvironment()) {
                byResource.computeIfAbsent(check.resource(), resource -> new ArrayList<>()).add(check);
            } else {
                left.add(check.words() + " is left out: it protects no environment but this: "
                        + Words.shown(check.resource().type() + " " + check.resource().name()));
            }
        }
    }

    /** What belongs to no environment, and is left out; a sentence each. */
    public List<String> left() {
        return List.copyOf(left);
    }

    /** How many environments there are. */
    public int size() {
        return byResource.size();
    }

    /**
     * The environments, in the order in which they came.
     *
     * @param name what the only one is to be called; empty for what it is called there
     * @throws Place.Misfit if the settings of a check are not what Azure DevOps says
     */
    public Result result(Optional<String> name) throws Place.Misfit {
        List<Draft> drafts = new ArrayList<>();
        for (Map.Entry<AzureCheck.Resource, List<AzureCheck>> entry : byResource.entrySet()) {
            Draft draft = new Draft(name.orElseGet(() -> usable(entry.getKey())));
            fill(draft, entry.getValue());
            drafts.add(draft);
        }
        return new Result(drafts);
    }

    private static String usable(AzureCheck.Resource resource) {
        String name = resource.name().replaceAll("[/\\\\?#%;\\p{Cntrl}]+", "-").strip();
        name = name.codePointCount(0, name.length()) > 100 ? "" : name;
        return name.isEmpty() || name.equals(".") || name.equals("..")
                ? "environment-" + resource.id().replaceAll("[^A-Za-z0-9]+", "-")
                : name;
    }

    private void fill(Draft draft, List<AzureCheck> checks) throws Place.Misfit {
        Approvals approvals = new Approvals(draft);
        RequestRule requests = new RequestRule(connections);
        for (AzureCheck check : checks) {
            if (check.disabled()) {
                draft.remark(check, "it is disabled there, and left out");
                continue;
            }
            if (!check.kind().isStatic()) {
                draft.timeout(check.timeout().orElse(USUAL));
            }
            switch (check.kind()) {
                case APPROVAL -> approvals.add(check);
                case EXCLUSIVE_LOCK -> lock(check, draft);
                case BRANCH_CONTROL -> BranchRule.add(check, draft);
                case BUSINESS_HOURS -> HoursRule.add(check, draft);
                case REST_API, FUNCTION -> requests.add(check, draft);
                case REQUIRED_TEMPLATE -> TemplateRule.add(check, draft);
                case WORK_ITEMS -> draft.shut(check, "there is no such check here; ask your tracker with a restCheck");
                case MONITOR -> draft.shut(check, "there is no such check here; prometheusAlerts waits for alerts to end");
                case OTHER -> draft.shut(check, "there is no such check here; see docs/checks.md for those that there are");
            }
        }
        draft.policy(approvals.combined());
        draft.requireMeant(objection);
    }

    /** {@code approvals.md}: of several runs the latest one goes on unless the pipeline says {@code lockBehavior: sequential}. */
    private static void lock(AzureCheck check, Draft draft) throws Place.Misfit {
        Place behaviour = check.settings().get("lockBehavior");
        boolean sequential = Json.textIfGiven(behaviour).equalsIgnoreCase("sequential");
        draft.lock(sequential ? LockMode.SEQUENTIAL : LockMode.NEWEST_ONLY);
        if (!sequential) {
            draft.remark(check, "write lock: sequential if the pipeline's YAML says lockBehavior: sequential");
        }
    }
}
