package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.notice.mail.MailPeople;
import io.jenkins.plugins.approvalgate.engine.notice.mail.Mailing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Mail to the preview's accounts: an account's address is its name with the default suffix. */
record PreviewMail(Accounts accounts, Optional<String> suffix) implements MailPeople {

    @Override
    public Optional<String> addressOf(String user) {
        return suffix.flatMap(domain -> accounts.find(user).map(account -> account.id() + domain));
    }

    /** The changes of a simulated run are nobody's. */
    @Override
    public List<String> culprits(Gate gate) {
        return List.of();
    }

    /**
     * Goes on where mail was left; to be started.
     *
     * @param time the computer's clock, not the preview's, which can be moved
     * @throws IOException if its files cannot be used
     */
    static Mailing open(Path home, GateKeeper keeper, PreviewHost host, Accounts accounts, Mailer mailer, Clock time)
            throws IOException {
        return Mailing.open(
                home.resolve("notices").resolve("mail"),
                keeper,
                host,
                new PreviewMail(accounts, mailer.defaultSuffix()),
                mailer,
                new Mailing.Manner(Locale.getDefault(), ZoneId.systemDefault(), time, Mailing.GATHER));
    }
}
