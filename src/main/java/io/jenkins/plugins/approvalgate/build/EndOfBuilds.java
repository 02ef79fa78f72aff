package io.jenkins.plugins.approvalgate.build;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import java.util.Optional;

/** Calls off the gates of builds and jobs that are no more: nobody should be asked about them. */
public final class EndOfBuilds {

    private EndOfBuilds() {}

    /** A build that ended or was deleted. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {

        @Override
        public void onCompleted(Run<?, ?> run, TaskListener listener) {
            callOff(run, "The build ended.");
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            callOff(run, "The build was deleted.");
        }

        private static void callOff(Run<?, ?> run, String reason) {
            String job = run.getParent().getFullName();
            int build = run.getNumber();
            Optional<String> actor = currentUser();
            ApprovalGates.get()
                    .cancelLater(
                            gate -> gate.request().build() == build && gate.request().job().equals(job), actor, reason);
        }
    }

    /** A job that was deleted, alone or with its folder. */
    @Extension
    public static final class Jobs extends ItemListener {

        @Override
        public void onDeleted(Item item) {
            if (!(item instanceof Job)) {
                return;
            }
            String job = item.getFullName();
            Optional<String> actor = currentUser();
            ApprovalGates.get()
                    .cancelLater(gate -> gate.request().job().equals(job), actor, "The job was deleted.");
        }
    }

    private static Optional<String> currentUser() {
        return Optional.ofNullable(User.current()).map(User::getId);
    }
}
