package io.jenkins.plugins.approvalgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URL;
import java.nio.file.Path;
import org.junit.Test;

/** The arrows between the plugin's packages, held to the classes; those inside the engine have a test of their own. */
public class ArchitectureTest {

    private static final String OURS = "io.jenkins.plugins.approvalgate";

    private final JavaClasses plugin =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(OURS);

    /** Among others {@code step → build}: a step that finds its gate lost reads it from the record of its build. */
    @Test
    public void arrows_areThoseOfTheDiagram() throws Exception {
        URL diagram = Path.of("docs", "architecture.puml").toUri().toURL();
        classes().should(adhereToPlantUmlDiagram(diagram, consideringOnlyDependenciesInAnyPackage(OURS + ".."))).check(plugin);
    }

    @Test
    public void noCycles() {
        slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(plugin);
    }
}
