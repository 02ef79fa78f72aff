pipeline {
    agent any
    stages {
        stage('Deploy') {
            input {
                message 'Deploy?'
                ok 'Yes'
            }
            steps {
                echo 'deployed'
            }
        }
    }
}
