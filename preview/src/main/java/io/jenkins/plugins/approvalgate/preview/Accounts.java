package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.Realm;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.rest.Caller;
import java.util.List;
import java.util.Optional;

/**
 * Who there is to be. Ids mean the same whatever the case of their letters, as in Jenkins where nothing else is
 * configured; the realm knows no groups, like Jenkins' own user database.
 */
final class Accounts implements Realm {

    /**
     * Somebody to be.
     *
     * @param role what they are in the example, for people who pick one
     * @param readsJobs whether they may see the pipeline, and so its gates
     * @param viewsAudit whether they may see the audit as a whole
     */
    record Account(String id, String role, boolean readsJobs, boolean viewsAudit) {
        private static Account of(String id, String role) {
            return new Account(id, role, true, false);
        }
    }

    private static final List<Account> ALL = List.of(
            Account.of("ml-engineer-1", "group ml-engineers"),
            Account.of("ml-engineer-2", "group ml-engineers"),
            Account.of("ds-lead", "leads data science"),
            Account.of("qa-lead", "leads quality assurance"),
            Account.of("qa-engineer-1", "group qa-team"),
            Account.of("product-owner", "owns the product"),
            Account.of("engineering-manager", "manages engineering"),
            Account.of("security-1", "group security-team"),
            Account.of("developer-1", "starts builds"),
            new Account("gate-admin", "configures environments", true, true),
            new Account("auditor", "reads all, decides nothing", true, true),
            new Account("outsider", "signed in, sees no job", false, false));

    List<Account> all() {
        return ALL;
    }

    Optional<Account> find(String id) {
        return ALL.stream().filter(account -> same(account.id(), id)).findFirst();
    }

    /** What the API asks of who calls it; {@code account} is empty for the anonymous user, who may do nothing. */
    static Caller caller(Optional<Account> account) {
        return new Caller() {
            @Override
            public Optional<String> user() {
                return account.map(Account::id);
            }

            @Override
            public boolean mayEnter() {
                return account.isPresent();
            }

            @Override
            public boolean mayRead(GateRequest request) {
                return request.job().equals(Pipeline.NAME) && account.filter(Account::readsJobs).isPresent();
            }

            @Override
            public boolean mayViewAudit() {
                return account.filter(Account::viewsAudit).isPresent();
            }

            @Override
            public boolean mayBypass() {
                return mayConfigure();
            }

            @Override
            public boolean mayConfigure() {
                return account.filter(who -> who.id().equals("gate-admin")).isPresent();
            }
        };
    }

    @Override
    public boolean same(String userId, String otherUserId) {
        return userId.equalsIgnoreCase(otherUserId);
    }

    @Override
    public boolean inGroup(String userId, String group) {
        return false;
    }

    @Override
    public Optional<List<String>> members(String group) {
        return Optional.of(List.of());
    }
}
