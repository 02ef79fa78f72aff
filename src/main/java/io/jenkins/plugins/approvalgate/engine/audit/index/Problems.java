package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.Words;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;

/** What is wrong with a database, in one line. */
final class Problems {

    private static final Pattern SPACES = Pattern.compile("[\\p{Cc}\\p{Z}]+");
    /** H2's: another process has the file open. */
    private static final int IN_USE = 90020;
    /** H2's: what stands in the file is no database. */
    private static final int SPOILT = 90030;
    private static final int LONGEST = 300;

    private Problems() {}

    /**
     * Whether an embedded database's file cannot be read and never will be, or its tables are not as any version made them.
     * H2 commits after each statement that makes a table, so a process that dies among them leaves half.
     */
    static boolean isSpoilt(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywayException || cause instanceof SQLException sql && sql.getErrorCode() == SPOILT) {
                return true;
            }
        }
        return false;
    }

    static String inWords(Throwable failed) {
        Throwable telling = failed;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                if (sql.getErrorCode() == IN_USE) {
                    return "The index's file is in use by another process.";
                }
                telling = cause;
            }
        }
        String message = telling.getMessage() == null ? telling.getClass().getSimpleName() : telling.getMessage();
        return Words.cut(SPACES.matcher(message).replaceAll(" ").strip(), LONGEST);
    }
}
