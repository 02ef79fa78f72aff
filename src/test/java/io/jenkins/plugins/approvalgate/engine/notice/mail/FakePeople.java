package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody has an address at example.com, but for those of whom a test says that they have none. */
final class FakePeople implements MailPeople {

    final List<String> culprits = new CopyOnWriteArrayList<>();
    final Set<String> withoutAddress = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<String> addressOf(String user) {
        return withoutAddress.contains(user) ? Optional.empty() : Optional.of(user + "@example.com");
    }

    @Override
    public List<String> culprits(Gate gate) {
        return culprits;
    }
}
