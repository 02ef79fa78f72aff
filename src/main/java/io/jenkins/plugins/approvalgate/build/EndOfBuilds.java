package io.jenkins.plugins.approvalgate.build;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import io.jenkins.plugins.approvalgate.host.Builds;
import java.util.Optional;

/**
 * What becomes of the gates of builds and jobs that are no more: those that wait are called off, as nobody should be asked
 * about them, and the locks of those that opened are given back.
 */
public final class EndOfBuilds {

    private EndOfBuilds() {}

    /** A build that ended or was deleted. */
    @Extension
    public static final class Runs extends RunListener<Run<?, ?>> {

        @Override
        public void onCompleted(Run<?, ?> run, TaskListener listener) {
            LockHolders.of(run)
                    .forEach(gate -> listener.getLogger()
                            .println("[approval gate] Gives the lock of " + gate.request().environment() + " back."));
            end(run, "The build ended.");
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            end(run, "The build was deleted.");
        }

        private static void end(Run<?, ?> run, String reason) {
            ApprovalGates.get().endLater(gate -> isOf(run, gate), currentUser(), reason);
        }

        /** By the build's own record where the gate is from before jobs had ids, and its job was renamed. */
        private static boolean isOf(Run<?, ?> run, Gate gate) {
            return Builds.isOf(run, gate.request()) || LockHolders.isOf(run, gate);
        }
    }

    /** A job that was deleted, alone or with its folder. */
    @Extension
    public static final class Jobs extends ItemListener {

        @Override
        public void onDeleted(Item item) {
            if (item instanceof Job<?, ?> job) {
                ApprovalGates.get()
                        .endLater(gate -> Builds.isOf(job, gate.request()), currentUser(), "The job was deleted.");
            }
        }
    }

    private static Optional<String> currentUser() {
        return Optional.ofNullable(User.current()).map(User::getId);
    }
}
