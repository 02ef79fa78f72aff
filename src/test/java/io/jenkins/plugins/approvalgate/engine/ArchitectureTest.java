package io.jenkins.plugins.approvalgate.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
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
        onlyOurs("..approvalgate.engine..", "..approvalgate.engine..");
    }

    @Test
    public void gate_knowsNothingOfOursButItself() {
        onlyOurs("..engine.gate..", "..engine.gate..");
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
    public void audit_knowsGateAlone() {
        onlyOurs("..engine.audit..", "..engine.audit..", "..engine.gate..");
    }

    @Test
    public void check_knowsGateAlone() {
        onlyOurs("..engine.check..", "..engine.check..", "..engine.gate..");
    }

    @Test
    public void rest_knowsEngineAuditAndGate() {
        onlyOurs(
                "..engine.rest..", "..engine.rest..", ENGINE, "..engine.findings..", "..engine.audit..", "..engine.check..",
                "..engine.gate..");
    }

    @Test
    public void notice_knowsEngineAuditCheckAndGate() {
        onlyOurs(
                "..engine.notice..", "..engine.notice..", ENGINE, "..engine.audit..", "..engine.check..", "..engine.gate..");
    }

    @Test
    public void findings_knowEngineAuditCheckAndGate() {
        onlyOurs(
                "..engine.findings..", "..engine.findings..", ENGINE, "..engine.audit..", "..engine.check..", "..engine.gate..");
    }

    @Test
    public void notice_isKnownToNobodyInTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..engine.notice..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..engine.notice..")
                .check(CLASSES);
    }

    private void onlyOurs(String of, String... packages) {
        classes()
                .that()
                .resideInAPackage(of)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        resideInAnyPackage(packages),
                        resideOutsideOfPackage(OURS)))
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
