package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Administrator;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.People;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in which group, asked of our own groups first: a name that is not one of ours is a group of the realm. Remembers
 * the realm's answers, so make one for each question that a person asks and let it go then; not thread-safe.
 */
public final class Directory implements People {

    private final List<ApproverGroup> own;
    private final Realm realm;
    private final Map<List<String>, Boolean> answers = new HashMap<>();

    public Directory(List<ApproverGroup> own, Realm realm) {
        this.own = own;
        this.realm = realm;
    }

    @Override
    public boolean same(String userId, String otherUserId) {
        return realm.same(userId, otherUserId);
    }

    @Override
    public boolean inGroup(String userId, String group) {
        // Asked and kept in two steps: an own group asks for others while it is being answered.
        Boolean known = answers.get(List.of(userId, group));
        if (known == null) {
            known = own(group)
                    .map(g -> g.members().stream().anyMatch(member -> realm.same(member, userId))
                            || g.includes().stream().anyMatch(included -> realm.inGroup(userId, included)))
                    .orElseGet(() -> realm.inGroup(userId, group));
            answers.put(List.of(userId, group), known);
        }
        return known;
    }

    /** Whether the user is one of the environment's own administrators now. */
    public boolean administers(String userId, Environment environment) {
        for (Administrator administrator : environment.administrators()) {
            boolean is = administrator instanceof Administrator.User user
                    ? realm.same(user.id(), userId)
                    : inGroup(userId, administrator.name());
            if (is) {
                return true;
            }
        }
        return false;
    }

    /** Whether the group is one of our own; otherwise it is the realm's. */
    public boolean isOwn(String group) {
        return own(group).isPresent();
    }

    /** Who is in the group; empty where that cannot be said in full. */
    public Optional<List<String>> members(String group) {
        Optional<ApproverGroup> ours = own(group);
        if (ours.isEmpty()) {
            return realm.members(group);
        }
        Set<String> members = new LinkedHashSet<>(ours.get().members());
        for (String included : ours.get().includes()) {
            Optional<List<String>> more = realm.members(included);
            if (more.isEmpty()) {
                return Optional.empty();
            }
            members.addAll(more.get());
        }
        return Optional.of(List.copyOf(members));
    }

    private Optional<ApproverGroup> own(String name) {
        return own.stream().filter(g -> g.name().equals(name)).findFirst();
    }
}
