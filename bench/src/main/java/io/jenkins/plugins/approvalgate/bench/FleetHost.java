package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Realm;
import io.jenkins.plugins.approvalgate.engine.audit.Signer;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.Change;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/** A host with the environments of {@link Fleet}, where everybody is in every group; nobody outside is asked. */
final class FleetHost implements Host {

    /** Without credentials, an address or a folder. */
    static final Surroundings ALONE = new Surroundings() {
        @Override
        public Secret secret(String id) throws IOException {
            throw new IOException("there is no credential " + id);
        }

        @Override
        public HttpClient.Builder httpClient() {
            return HttpClient.newBuilder();
        }

        @Override
        public Optional<String> rootUrl() {
            return Optional.empty();
        }

        @Override
        public Path cache() {
            throw new UnsupportedOperationException("no check here keeps anything");
        }
    };

    private final List<Environment> environments = Fleet.environments();

    @Override
    public List<Environment> environments() {
        return environments;
    }

    @Override
    public List<ApproverGroup> approverGroups() {
        return List.of();
    }

    @Override
    public AuditSettings audit() {
        return AuditSettings.USUAL;
    }

    @Override
    public String controller() {
        return "bench";
    }

    @Override
    public Signer signer() {
        return new Signer() {
            @Override
            public byte[] sign(byte[] content) throws IOException {
                throw new IOException("there is no key");
            }

            @Override
            public RSAPublicKey publicKey() throws IOException {
                throw new IOException("there is no key");
            }
        };
    }

    @Override
    public Realm realm() {
        return new Realm() {
            @Override
            public boolean same(String userId, String otherUserId) {
                return userId.equals(otherUserId);
            }

            @Override
            public boolean inGroup(String userId, String group) {
                return true;
            }

            @Override
            public Optional<List<String>> members(String group) {
                return Optional.empty();
            }
        };
    }

    @Override
    public Surroundings surroundings() {
        return ALONE;
    }

    @Override
    public List<CheckType> checkTypes() {
        return List.of();
    }

    @Override
    public List<Link> artifacts(Gate gate) {
        return List.of();
    }

    @Override
    public List<Change> changes(Gate gate) {
        return List.of();
    }

    @Override
    public Optional<String> rendered(String instructions) {
        return Optional.empty();
    }

    @Override
    public boolean knows(String user) {
        return true;
    }

    @Override
    public boolean mayRead(String user, GateRequest request) {
        return true;
    }

    @Override
    public Optional<String> logUrl(Gate gate) {
        return Optional.empty();
    }

    @Override
    public void changed(Gate gate, List<GateEvent> news) {
        // Nobody wants to know.
    }
}
