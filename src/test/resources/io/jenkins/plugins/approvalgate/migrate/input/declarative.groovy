pipeline {
    agent none
    stages {
        stage('Gate') {
            steps {
                input(message: 'Deploy?', submitter: 'release-managers')
            }
        }
        stage('Deploy') {
            steps {
                echo 'deployed'
            }
        }
    }
}
