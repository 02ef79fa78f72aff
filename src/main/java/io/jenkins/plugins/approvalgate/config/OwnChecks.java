package io.jenkins.plugins.approvalgate.config;

import io.jenkins.plugins.approvalgate.engine.check.OwnChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import net.sf.json.JSONObject;

/** The checks of an environment on its own administrators' page: those that ask others apart from the rest. */
public final class OwnChecks {

    private OwnChecks() {}

    /**
     * A check that can only stay as it is or be taken out.
     *
     * @param index its place among all checks
     * @param title its kind
     */
    public record Fixed(int index, String title) {

        public int getIndex() {
            return index;
        }

        public String getTitle() {
            return title;
        }
    }

    private static boolean isFixed(ApprovalCheck check) {
        return OwnChange.asksOthers(EngineChecks.types(), check.toSpec());
    }

    static List<ApprovalCheck> plain(List<ApprovalCheck> checks) {
        return checks.stream().filter(check -> !isFixed(check)).toList();
    }

    static List<Fixed> fixed(List<ApprovalCheck> checks) {
        List<Fixed> fixed = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            if (isFixed(checks.get(i))) {
                fixed.add(new Fixed(i, checks.get(i).getDescriptor().getDisplayName()));
            }
        }
        return fixed;
    }

    /** The places of those that the form takes out. */
    static Set<Integer> removed(List<JSONObject> sent) {
        Set<Integer> removed = new HashSet<>();
        for (JSONObject check : sent) {
            if (check.optBoolean("remove")) {
                removed.add(check.optInt("index", -1));
            }
        }
        return removed;
    }

    /** Those that stay in their places, between them the others in the order in which they were sent, what is left behind them. */
    static List<ApprovalCheck> merged(List<ApprovalCheck> now, Set<Integer> removed, List<ApprovalCheck> sent) {
        List<ApprovalCheck> merged = new ArrayList<>();
        Iterator<ApprovalCheck> others = sent.iterator();
        for (int i = 0; i < now.size(); i++) {
            if (isFixed(now.get(i))) {
                if (!removed.contains(i)) {
                    merged.add(now.get(i));
                }
            } else if (others.hasNext()) {
                merged.add(others.next());
            }
        }
        others.forEachRemaining(merged::add);
        return merged;
    }
}
