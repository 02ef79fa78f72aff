package io.jenkins.plugins.approvalgate.engine.audit;

/**
 * A line that is not as it was written.
 *
 * @param file the name of the journal's file
 * @param lineInFile counted from 1; 0 where there is no such line any more
 * @param seq the number that the line has to have by its place
 * @param what what does not fit
 */
public record Damage(String file, long lineInFile, long seq, String what) {

    @Override
    public String toString() {
        return file + " line " + lineInFile + " (seq " + seq + "): " + what;
    }
}
