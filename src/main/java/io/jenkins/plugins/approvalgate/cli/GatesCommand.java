package io.jenkins.plugins.approvalgate.cli;

import hudson.cli.CLICommand;
import java.io.PrintStream;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.ParserProperties;

/**
 * What our commands have in common. They run as the calling user, on a thread of the CLI's connection, and may wait for the
 * disk.
 *
 * <p>Exit codes are those that {@link CLICommand#main} lists for all of Jenkins' commands: 2 for options that cannot be meant, 3
 * for a gate that does not exist or an answer that it does not take, 4 for a gate that has ended, 5 where of several gates at
 * least one was not decided, 6 for what is not the caller's to decide.
 */
abstract class GatesCommand extends CLICommand {

    /** Where an option's usage is the key of a text. */
    @Override
    protected final CmdLineParser getCmdLineParser() {
        return new TranslatedParser(this, ParserProperties.defaults().withAtSyntax(ALLOW_AT_SYNTAX).withShowDefaults(false));
    }

    /** The short description is a line in the list of all commands; how it ends stands in the help of the command alone. */
    @Override
    protected final void printUsageSummary(PrintStream out) {
        super.printUsageSummary(out);
        out.println(exitCodes());
    }

    /** What the exit codes mean, in sentences. */
    abstract String exitCodes();

    /** Asks the JSON API as the calling user. */
    final Answers answers() {
        return new Answers();
    }
}
