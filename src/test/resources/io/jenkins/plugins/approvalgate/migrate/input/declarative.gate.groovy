pipeline {
    agent none
    stages {
        stage('Gate') {
            steps {
                approvalGate(environment: 'production-deployment', message: 'Deploy?')
            }
        }
        stage('Deploy') {
            steps {
                echo 'deployed'
            }
        }
    }
}
