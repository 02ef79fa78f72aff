// Puts the example pipeline into the demo Jenkins, once: run by Jenkins at its start, as a script of init.groovy.d.
import hudson.model.ParametersDefinitionProperty
import hudson.model.StringParameterDefinition
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
if (jenkins.getItem('mlops') == null) {
    def job = jenkins.createProject(WorkflowJob, 'mlops')
    job.description = 'Sensor predictions from training to production. Build it with the branch develop, release/1.0 or main.'
    job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition(
            'BRANCH', 'develop', 'develop, release/1.0, main, or any other')))
    job.definition = new CpsFlowDefinition(new File(System.getenv('APPROVAL_GATE_EXAMPLE')).getText('UTF-8'), true)
    job.save()
}
