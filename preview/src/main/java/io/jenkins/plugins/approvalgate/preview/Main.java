package io.jenkins.plugins.approvalgate.preview;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the preview; ends with status 2 and one line where it cannot. SIGTERM and Ctrl-C end it cleanly. */
public final class Main {

    private static final int CANNOT_START = 2;
    /** The libraries of the search index tell each step that they take; kept here, since the JDK forgets loggers. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("org.flywaydb"));

    private Main() {}

    public static void main(String[] args) {
        // Both are read once, when the first of their kind is used.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%6$s%n");
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            Options options = Options.parse(args);
            Preview preview = Preview.start(options, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(preview), "approval-gate end"));
            greet(preview, options, System.out);
        } catch (StartFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(CANNOT_START);
        }
    }

    private static void greet(Preview preview, Options options, PrintStream out) {
        out.println("Approval Gate preview, without Jenkins: " + preview.address());
        out.println("Its gates are those of " + YamlFile.shown(options.config()) + ", its journal is in "
                + YamlFile.shown(options.home()) + ". Ctrl-C ends it.");
        out.println(preview.mailServer()
                .map(server -> "It sends mail through " + server + ".")
                .orElse("It sends no mail: there is no unclassified: mailer: smtpHost in that file."));
        out.flush();
    }

    private static void end(Preview preview) {
        try {
            preview.close();
        } catch (IOException untidy) {
            System.err.println("What was acknowledged is on disk, but the end was not clean: " + untidy.getMessage());
        }
    }
}
