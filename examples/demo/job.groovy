// Puts the example pipeline into the demo Jenkins, once: run by Jenkins at its start, as a script of init.groovy.d.
// A multibranch job over a git repository of its own, below Jenkins' home, with a branch for each part of the pipeline.
import hudson.plugins.git.GitSCM
import jenkins.branch.BranchSource
import jenkins.branch.DefaultBranchPropertyStrategy
import jenkins.branch.NoTriggerBranchProperty
import jenkins.model.Jenkins
import jenkins.plugins.git.GitSCMSource
import jenkins.plugins.git.traits.BranchDiscoveryTrait
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject

def git(File folder, String... arguments) {
    def identity = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.org', '-c', 'init.defaultBranch=main']
    def process = new ProcessBuilder(['git'] + identity + arguments.toList()).directory(folder).redirectErrorStream(true).start()
    process.outputStream.close()
    def said = process.inputStream.text
    if (process.waitFor() != 0) {
        throw new IllegalStateException('git ' + arguments.join(' ') + ': ' + said)
    }
}

def jenkins = Jenkins.get()
// A repository on the controller's own disk is refused otherwise. Only for a demo that nobody else can reach.
GitSCM.ALLOW_LOCAL_CHECKOUT = true

if (jenkins.getItem('mlops') == null) {
    def repository = new File(jenkins.rootDir, 'demo-repository')
    repository.mkdirs()
    new File(repository, 'Jenkinsfile').setText(new File(System.getenv('APPROVAL_GATE_EXAMPLE')).getText('UTF-8'), 'UTF-8')
    git(repository, 'init', '-q')
    git(repository, 'add', 'Jenkinsfile')
    git(repository, 'commit', '-q', '-m', 'Sensor predictions')
    ['develop', 'release/1.0', 'feature/x'].each { branch -> git(repository, 'branch', branch) }

    def source = new GitSCMSource(repository.absolutePath)
    source.traits = [new BranchDiscoveryTrait()]
    def branches = new BranchSource(source)
    // Whoever builds asks: no build begins by itself.
    branches.strategy = new DefaultBranchPropertyStrategy([new NoTriggerBranchProperty()] as NoTriggerBranchProperty[])
    def job = jenkins.createProject(WorkflowMultiBranchProject, 'mlops')
    job.description = 'Sensor predictions from training to production. feature/x meets a gate that it may not pass.'
    job.sourcesList.add(branches)
    job.save()
    job.scheduleBuild2(0)
}
