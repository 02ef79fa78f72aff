package io.jenkins.plugins.approvalgate.host.origin;

import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * What a job's configuration said at one moment. Jenkins reads it between two of these, so what both say is what it read:
 * a configuration that was saved in between has other objects, even where it says the same.
 *
 * @param definition where the job's script is; {@code null} if it has none
 * @param head the head that the job is for, in a multibranch project; else {@code null}
 * @param source where this head was found; else {@code null}
 * @param checkedOut what was checked out to read the script; empty if nothing was. What is in it is empty if it is not
 *     known what that was
 */
record Beginning(
        FlowDefinition definition, SCMHead head, SCMSource source, Optional<Optional<Origin.Head>> checkedOut) {

    static Beginning of(WorkflowJob job) {
        return new Beginning(
                job.getDefinition(),
                SCMHead.HeadByItem.findHead(job),
                SCMSource.SourceByItem.findSource(job),
                Optional.empty());
    }

    /** The same, and this is what was checked out since. */
    Beginning checkedOut(Optional<Origin.Head> what) {
        return new Beginning(definition, head, source, Optional.of(what));
    }

    /** What is certain about {@code run}, whose job said this when it began, and says {@code now} before its script runs. */
    Origin end(Run<?, ?> run, Beginning now) {
        Optional<Origin.Head> ofJob = headOfJob(run, now);
        boolean scriptFromElsewhere = !run.getActions(CpsFlowFactoryAction2.class).isEmpty()
                || !run.getActions(CpsFlowFactoryAction.class).isEmpty();
        if (!scriptFromElsewhere) {
            return new Origin(ofJob.or(() -> headOfScm(now)), script(now), List.of(), false);
        }
        List<EarlierRun> earlier = ExtensionList.lookup(EarlierRun.Finder.class).stream()
                .flatMap(finder -> finder.find(run).stream())
                .toList();
        return earlier.size() == 1 ? again(ofJob, earlier.get(0)) : new Origin(ofJob, Optional.empty(), List.of(), true);
    }

    /** A script that ran before comes from where it came from then. */
    private static Origin again(Optional<Origin.Head> ofJob, EarlierRun earlier) {
        Origin then = OriginRecord.of(earlier.run())
                .orElse(new Origin(Optional.empty(), Optional.empty(), List.of(), true));
        return new Origin(
                ofJob.or(then::head), then.script(), List.of(), earlier.edited() || then.replayed());
    }

    private Optional<Origin.Head> headOfJob(Run<?, ?> run, Beginning now) {
        boolean agree = head != null
                && head.equals(now.head)
                && run.getActions(SCMRevisionAction.class).stream()
                        .allMatch(action -> head.equals(action.getRevision().getHead()));
        return agree ? Heads.of(head) : Optional.empty();
    }

    /** A job for one head is not asked for its SCM: what there is to know of it was in the head. */
    private Optional<Origin.Head> headOfScm(Beginning now) {
        if (head != null
                || now.head != null
                || definition != now.definition
                || !(definition instanceof CpsScmFlowDefinition fromScm)) {
            return Optional.empty();
        }
        return checkedOut.orElseGet(() -> ScmFacts.of(fromScm.getScm()).flatMap(facts -> facts.named(fromScm.getScm())));
    }

    private Optional<Origin.Script> script(Beginning now) {
        if (definition == null || now.definition == null) {
            return Optional.empty();
        }
        if (definition instanceof CpsScmFlowDefinition fromScm) {
            return definition == now.definition
                    ? ScriptSource.of(fromScm.getScm(), fromScm.getScriptPath())
                    : Optional.empty();
        }
        Optional<String> path = ScriptSource.pathInBranch(definition);
        boolean agree = path.equals(ScriptSource.pathInBranch(now.definition))
                && source != null
                && source == now.source
                && Objects.equals(head, now.head);
        return agree && head != null && !Heads.isOfFork(head)
                ? path.flatMap(inBranch -> ScriptSource.of(source.build(head), inBranch))
                : Optional.empty();
    }
}
