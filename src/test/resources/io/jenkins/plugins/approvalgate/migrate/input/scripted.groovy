// input message: 'in a comment'
/* input 'in another' */
def quoted = "input 'text'"
inputs = 1
input 'Go on?'
input('Go on?')
input "Go on with ${env.JOB_NAME}?"
input message: 'Go (really)?', ok: 'Yes, go', submitter: 'alice,bob'
input id: 'Third', message: "it's, well, \"fine\"?", cancel: 'No'
input message: '''two
lines''',
    ok: 'x'
timeout(time: 1, unit: 'HOURS') { input 'In a block?' }
def answer = input(
    message: 'Which?',
    ok: 'That one',
    parameters: [
        string(name: 'ticket', defaultValue: '', description: 'Ticket, please (one)'),
        choice(name: 'region', choices: ['eu', 'us'], description: '')
    ],
    submitterParameter: 'by'
)
echo quoted
