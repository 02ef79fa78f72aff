package io.jenkins.plugins.approvalgate.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import io.jenkins.plugins.approvalgate.engine.docs.Documents;
import java.net.URL;
import java.net.URLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.Test;

/** The arrows of the design, held to the classes. */
public class ArchitectureTest {

    private static final String ENGINE = "io.jenkins.plugins.approvalgate.engine";
    private static final String OURS = "io.jenkins.plugins.approvalgate..";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ENGINE);

    @Test
    public void engine_knowsNoJenkinsAndNoServlet() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jenkins..", "hudson..", "org.jenkinsci..", "org.kohsuke..", "javax.servlet..", "jakarta.servlet..")
                .check(CLASSES);
    }

    @Test
    public void engine_knowsNothingElseOfOurs() {
        classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        resideInAnyPackage(ENGINE + ".."), resideOutsideOfPackage(OURS)))
                .check(CLASSES);
    }

    @Test
    public void arrows_areThoseOfTheDiagram() throws Exception {
        URL diagram = Documents.root().resolve("docs/engine.puml").toUri().toURL();
        classes().should(adhereToPlantUmlDiagram(diagram, consideringOnlyDependenciesInAnyPackage(ENGINE + ".."))).check(CLASSES);
    }

    @Test
    public void gate_isPure() {
        noClasses()
                .that()
                .resideInAPackage("..engine.gate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net.http..", "java.sql..", "java.util.concurrent..", "java.util.logging..")
                .check(CLASSES);
    }

    @Test
    public void engine_hasNoCycles() {
        slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** So that nothing is sent where it should not be: what is refused, and what is masked, stands there once. */
    @Test
    public void requests_areMadeInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..engine.check.http..")
                .and()
                .doNotHaveFullyQualifiedName(Surroundings.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(URLConnection.class)
                .orShould()
                .callMethod(URL.class, "openStream")
                .check(CLASSES);
    }

    @Test
    public void engine_asksItsClockForTheTime() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .check(CLASSES);
    }
}
