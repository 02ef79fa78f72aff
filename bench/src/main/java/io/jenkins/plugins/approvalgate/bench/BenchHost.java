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
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host with environments and groups, and nothing that would take time: so that the engine alone is measured. */
final class BenchHost implements Host {

    private final List<Environment> environments;
    private final Map<String, Set<String>> groups;
    private final Key key = new Key();

    /** @param groups of the realm, and who is in each */
    BenchHost(List<Environment> environments, Map<String, Set<String>> groups) {
        this.environments = List.copyOf(environments);
        this.groups = Map.copyOf(groups);
    }

    private static final class Key implements Signer {
        private final KeyPair pair;

        Key() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                pair = generator.generateKeyPair();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public byte[] sign(byte[] content) throws IOException {
            try {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(pair.getPrivate());
                signature.update(content);
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new IOException(impossible);
            }
        }

        @Override
        public RSAPublicKey publicKey() {
            return (RSAPublicKey) pair.getPublic();
        }
    }

    private final class People implements Realm {
        @Override
        public boolean same(String userId, String otherUserId) {
            return userId.equalsIgnoreCase(otherUserId);
        }

        @Override
        public boolean inGroup(String userId, String group) {
            return groups.getOrDefault(group, Set.of()).contains(userId);
        }

        @Override
        public Optional<List<String>> members(String group) {
            return Optional.ofNullable(groups.get(group)).map(members -> members.stream().sorted().toList());
        }
    }

    private static final class Nowhere implements Surroundings {
        @Override
        public Secret secret(String id) throws IOException {
            throw new IOException("there is no credential \"" + id + "\"");
        }

        @Override
        public HttpClient.Builder httpClient() {
            return HttpClient.newBuilder();
        }

        @Override
        public Optional<String> rootUrl() {
            return Optional.of("http://localhost/");
        }

        @Override
        public Path cache() {
            return Path.of(System.getProperty("java.io.tmpdir"));
        }
    }

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
        return key;
    }

    @Override
    public Realm realm() {
        return new People();
    }

    @Override
    public Surroundings surroundings() {
        return new Nowhere();
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
    public void changed(Gate gate, List<GateEvent> news) {}
}
