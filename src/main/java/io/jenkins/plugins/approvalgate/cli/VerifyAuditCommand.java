package io.jenkins.plugins.approvalgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code verify-audit}: whether the journal is as it was written. */
@Extension
public final class VerifyAuditCommand extends GatesCommand {

    /** The first code that Jenkins leaves to a command. */
    static final int DOES_NOT_HOLD = 16;

    private static final long PAUSE_MILLIS = 500;
    private static final int WHOLE = 100;

    @Override
    public String getShortDescription() {
        return Messages.VerifyAuditCommand_ShortDescription();
    }

    @Override
    String exitCodes() {
        return Messages.VerifyAuditCommand_exitCodes();
    }

    @Override
    protected int run() throws IOException, InterruptedException {
        List<String> address = List.of("audit", "verify");
        JsonNode progress = answers().post(address, Json.object().put("background", true));
        long told = -1;
        while (progress.path("running").booleanValue()) {
            long percent = WHOLE * progress.path("done").longValue() / Math.max(1, progress.path("total").longValue());
            if (percent > told) {
                stderr.println(Messages.VerifyAuditCommand_progress(percent));
                told = percent;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            progress = answers().get(address, Map.of());
        }
        if (progress.path("problem").isTextual()) {
            throw new AbortException(Messages.VerifyAuditCommand_noResult(progress.path("problem").textValue()));
        }
        return tell(progress.path("result"));
    }

    private int tell(JsonNode result) {
        if (result.path("ok").booleanValue()) {
            stdout.println(Messages.VerifyAuditCommand_holds(
                    String.valueOf(result.path("lines").longValue()), result.path("head").textValue()));
            return 0;
        }
        for (JsonNode damage : result.path("damages")) {
            stdout.println(Messages.VerifyAuditCommand_damage(
                    Plain.text(damage.path("file").textValue()),
                    String.valueOf(damage.path("line").longValue()),
                    String.valueOf(damage.path("seq").longValue()),
                    Plain.text(damage.path("what").textValue())));
        }
        stderr.println(Messages.VerifyAuditCommand_damaged(String.valueOf(result.path("damaged").longValue())));
        return DOES_NOT_HOLD;
    }
}
