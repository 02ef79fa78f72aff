package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.JournalFeed;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that a journal says. */
final class Lines {

    private Lines() {}

    static List<JournalLine> of(GateKeeper keeper) throws IOException {
        JournalFeed feed = JournalFeed.fromTheStart(keeper.journal());
        List<JournalLine> lines = new ArrayList<>();
        for (Optional<JournalLine> line = feed.next(); line.isPresent(); line = feed.next()) {
            lines.add(line.get());
            feed.passed(line.get());
        }
        return lines;
    }
}
