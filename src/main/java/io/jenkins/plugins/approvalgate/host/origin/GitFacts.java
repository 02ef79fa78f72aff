package io.jenkins.plugins.approvalgate.host.origin;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.Branch;
import hudson.plugins.git.GitException;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.extensions.impl.RelativeTargetDirectory;
import hudson.plugins.git.util.BuildData;
import hudson.scm.SCM;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.plugins.git.GitRefSCMHead;
import jenkins.scm.api.SCMHead;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteConfig;
import org.jenkinsci.plugins.gitclient.GitClient;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** What the Git plugin knows. */
@OptionalExtension(requirePlugins = "git")
public final class GitFacts implements ScmFacts {

    /** The forms of a branch specifier from which the Git plugin reads a file without a checkout, and that name one ref. */
    private static final Pattern EXACT = Pattern.compile("(?:(refs/heads/)|(refs/tags/)|\\*/)?([^*?$:\\[\\\\^~\\s]+)");

    private static final Pattern PASSWORD = Pattern.compile("^(https?://)[^/@]*@");

    @Override
    public boolean knows(SCM scm) {
        return scm instanceof GitSCM;
    }

    @Override
    public Optional<String> address(SCM scm) {
        if (!(scm instanceof GitSCM git) || git.getUserRemoteConfigs().size() != 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(git.getUserRemoteConfigs().get(0).getUrl())
                .filter(url -> !url.contains("$"))
                .map(url -> PASSWORD.matcher(url).replaceFirst("$1"));
    }

    @Override
    public Optional<Origin.Head> named(SCM scm) {
        if (!(scm instanceof GitSCM git) || git.getBranches().size() != 1) {
            return Optional.empty();
        }
        Matcher spec = EXACT.matcher(git.getBranches().get(0).getName());
        if (!spec.matches()) {
            return Optional.empty();
        }
        boolean prefixed = spec.start(3) > 0;
        if (!prefixed && spec.group(3).contains("/")) {
            return Optional.empty();
        }
        return Optional.of(spec.group(2) == null ? Heads.branch(spec.group(3)) : Heads.tag(spec.group(3)));
    }

    /**
     * What the plugin says it built counts only if the repository that it left behind agrees: a tag may be called {@code
     * origin/main}, a refspec may bring any ref home under the name of a branch, and a merge is of no branch.
     */
    @Override
    public Optional<Origin.Head> checkedOut(SCM scm, Run<?, ?> run, FilePath workspace, TaskListener listener)
            throws IOException, InterruptedException {
        if (!(scm instanceof GitSCM git) || git.getExtensions().get(RelativeTargetDirectory.class) != null) {
            return Optional.empty();
        }
        List<RemoteConfig> remotes = git.getParamExpandedRepos(run, listener);
        Optional<String> built = built(run);
        if (remotes.size() != 1 || built.isEmpty()) {
            return Optional.empty();
        }
        GitClient client = git.createClient(listener, run.getEnvironment(listener), run, workspace);
        if (built.get().startsWith(Heads.TAGS)) {
            return isBuilt(client, built.get()) ? Optional.of(Heads.tag(built.get().substring(Heads.TAGS.length()))) : Optional.empty();
        }
        return branch(remotes.get(0), built.get())
                .filter(branch -> isBuilt(client, tracking(remotes.get(0)) + branch))
                .map(Heads::branch);
    }

    /** The one name under which the last checkout of this very build found what it built. */
    private static Optional<String> built(Run<?, ?> run) {
        List<BuildData> all = run.getActions(BuildData.class);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        BuildData last = all.get(all.size() - 1);
        if (last.lastBuild == null || last.lastBuild.getBuildNumber() != run.getNumber()) {
            return Optional.empty();
        }
        List<String> names = last.lastBuild.getRevision().getBranches().stream()
                .map(Branch::getName)
                .toList();
        return names.size() == 1 ? Optional.ofNullable(names.get(0)) : Optional.empty();
    }

    private static String tracking(RemoteConfig remote) {
        return "refs/remotes/" + remote.getName() + "/";
    }

    /** The branch of the remote repository that {@code built} stands for; empty if that could be anything else. */
    private static Optional<String> branch(RemoteConfig remote, String built) {
        String tracking = tracking(remote);
        for (String prefix : List.of(tracking, tracking.substring("refs/".length()), remote.getName() + "/")) {
            if (built.startsWith(prefix)) {
                String branch = built.substring(prefix.length());
                return isFetchedAsItself(remote, branch) ? Optional.of(branch) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether whatever fetches something into the place of {@code branch} fetches that branch. */
    private static boolean isFetchedAsItself(RemoteConfig remote, String branch) {
        String home = tracking(remote) + branch;
        List<RefSpec> into = remote.getFetchRefSpecs().stream()
                .filter(spec -> spec.matchDestination(home))
                .toList();
        return !into.isEmpty()
                && into.stream()
                        .map(spec -> spec.isWildcard() ? spec.expandFromDestination(home) : spec)
                        .allMatch(spec -> (Heads.BRANCHES + branch).equals(spec.getSource()));
    }

    private static boolean isBuilt(GitClient client, String ref) {
        try {
            ObjectId head = client.revParse("HEAD");
            return head != null && head.equals(client.revParse(ref));
        } catch (GitException noSuchRef) {
            return false;
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Discovered by its path: it may be called like a branch, and be anything. */
    @Override
    public boolean isNoBranch(SCMHead head) {
        return head instanceof GitRefSCMHead other && !other.getRef().startsWith(Heads.BRANCHES);
    }
}
