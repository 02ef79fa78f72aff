// input message: 'in a comment'
/* input 'in another' */
def quoted = "input 'text'"
inputs = 1
approvalGate environment: 'production-deployment', message: 'Go on?'
approvalGate(environment: 'production-deployment', message: 'Go on?')
approvalGate environment: 'production-deployment', message: "Go on with ${env.JOB_NAME}?"
approvalGate environment: 'production-deployment', message: 'Go (really)?'
approvalGate environment: 'production-deployment', message: "it's, well, \"fine\"?"
approvalGate environment: 'production-deployment', message: '''two
lines'''
timeout(time: 1, unit: 'HOURS') { approvalGate environment: 'production-deployment', message: 'In a block?' }
def answer = approvalGate(environment: 'production-deployment', message: 'Which?', parameters: [
        string(name: 'ticket', defaultValue: '', description: 'Ticket, please (one)'),
        choice(name: 'region', choices: ['eu', 'us'], description: '')
    ]
)
echo quoted
