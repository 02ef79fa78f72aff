package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.SearchIndex;
import io.jenkins.plugins.approvalgate.engine.audit.history.SettingsHistory;
import io.jenkins.plugins.approvalgate.engine.audit.history.Source;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.findings.Findings;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.engine.notice.Webhooks;
import io.jenkins.plugins.approvalgate.engine.notice.mail.Mailing;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The preview as a whole: put together here, and taken apart in the opposite order. */
public final class Preview implements Closeable {

    private final PreviewServer server;
    private final Runs runs;
    private final GateKeeper keeper;
    private final Webhooks webhooks;
    private final AuditIndex index;
    private final Findings findings;
    private final Optional<Mailer> mailer;
    private Optional<Mailing> mail = Optional.empty();

    private Preview(
            PreviewServer server,
            Runs runs,
            GateKeeper keeper,
            Webhooks webhooks,
            AuditIndex index,
            Findings findings,
            Optional<Mailer> mailer) {
        this.server = server;
        this.runs = runs;
        this.keeper = keeper;
        this.webhooks = webhooks;
        this.index = index;
        this.findings = findings;
        this.mailer = mailer;
    }

    /**
     * Starts to listen, with gates and runs as they were left.
     *
     * @param time what the preview's clock runs ahead of
     * @throws StartFailure if it cannot; nothing is left running then
     */
    public static Preview start(Options options, Clock time) throws StartFailure {
        Accounts accounts = new Accounts();
        Settings settings = SettingsYaml.read(options.config(), accounts::same);
        Optional<Mailer> mailer = MailerYaml.read(options.config(), System::getenv);
        PreviewServer server = PreviewServer.bind(options.port());
        try {
            return open(options, accounts, settings, mailer, server, time);
        } catch (StartFailure failure) {
            server.close();
            throw failure;
        }
    }

    private static Preview open(
            Options options,
            Accounts accounts,
            Settings settings,
            Optional<Mailer> mailer,
            PreviewServer server,
            Clock time)
            throws StartFailure {
        Path home = makeHome(options.home());
        PreviewClock clock = PreviewClock.open(home, time);
        Runs runs = new Runs(new RunFiles(home.resolve("runs")));
        PreviewHost host = new PreviewHost(
                settings,
                accounts,
                new PreviewSurroundings(
                        CredentialsYaml.read(options.config(), System::getenv),
                        server.address().toString(),
                        home.resolve("cache")),
                new KeyFile(home.resolve("identity.key")),
                runs::closed);
        GateKeeper keeper = keeper(home, host, clock);
        record(home, keeper, settings, clock);
        Webhooks webhooks = Webhooks.start(home, keeper, settings::webhooks, host.surroundings(), time);
        host.follow(webhooks::changed);
        AuditIndex index = SearchIndex.start(home, keeper, host);
        Findings findings = Findings.start(home, keeper, host, index, webhooks::changed);
        Preview preview = new Preview(server, runs, keeper, webhooks, index, findings, mailer);
        try {
            if (mailer.isPresent()) {
                preview.openMail(PreviewMail.open(home, keeper, host, accounts, mailer.get(), time), host);
            }
            keeper.start();
            preview.mail.ifPresent(Mailing::start);
            runs.start(keeper);
            Access access = new Access(accounts);
            server.start(
                    new ApiRoute(new RestApi(keeper, host, Optional.of(index)), access, clock),
                    new PreviewRoute(runs, accounts, access, clock, keeper::clockMoved),
                    new AssetRoute(options.webapp()),
                    new PageRoute(runs));
            return preview;
        } catch (IOException unreadable) {
            preview.closeAfter(unreadable);
            throw new StartFailure(unreadable.getMessage(), unreadable);
        }
    }

    private static Path makeHome(Path home) throws StartFailure {
        try {
            return Files.createDirectories(home);
        } catch (IOException refused) {
            throw new StartFailure(home + ": the home folder cannot be made or is a file; choose another with --home", refused);
        }
    }

    private static GateKeeper keeper(Path home, PreviewHost host, Clock clock) throws StartFailure {
        try {
            return GateKeeper.open(home, host, clock);
        } catch (IOException unusable) {
            throw new StartFailure(home + ": " + unusable.getMessage(), unusable);
        }
    }

    /** What was changed of the settings since the last start. */
    private static void record(Path home, GateKeeper keeper, Settings settings, Clock clock) throws StartFailure {
        try {
            SettingsHistory.open(home, keeper.journal(), clock).record(settings, Optional.empty(), Source.START);
        } catch (IOException unrecorded) {
            StartFailure failure = new StartFailure(
                    home + ": what was changed of the settings cannot be recorded: " + unrecorded.getMessage(), unrecorded);
            try {
                keeper.close();
            } catch (IOException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
    }

    /** Before any gate changes, so that it begins where it was left. */
    private void openMail(Mailing mailing, PreviewHost host) {
        mail = Optional.of(mailing);
        host.follow(mailing::poke);
    }

    private void closeAfter(IOException reason) {
        try {
            close();
        } catch (IOException another) {
            reason.addSuppressed(another);
        }
    }

    /** Which mail server it sends mails through; empty if it sends none. */
    public Optional<String> mailServer() {
        return mailer.map(Mailer::address);
    }

    /** Where it listens, ending in a slash. */
    public URI address() {
        return server.address();
    }

    /** Answers what has been asked, takes nothing more, and lets the files go. */
    @Override
    public void close() throws IOException {
        server.close();
        runs.close();
        findings.close();
        webhooks.close();
        index.close();
        if (mail.isPresent()) {
            mail.get().close();
        }
        keeper.close();
    }
}
