package io.jenkins.plugins.approvalgate;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.Test;

/** The arrows between the plugin's packages, held to the classes; those inside the engine have a test of their own. */
public class ArchitectureTest {

    private static final String OURS = "io.jenkins.plugins.approvalgate";

    private final JavaClasses plugin =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(OURS);

    @Test
    public void arrowsGoOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("step").definedBy(OURS + ".step..")
                .layer("config").definedBy(OURS + ".config..")
                .layer("build").definedBy(OURS + ".build..")
                .layer("pages").definedBy(OURS + ".pages..")
                .layer("cli").definedBy(OURS + ".cli..")
                .layer("host").definedBy(OURS + ".host..")
                .layer("engine").definedBy(OURS + ".engine..")
                .whereLayer("step").mayNotBeAccessedByAnyLayer()
                .whereLayer("config").mayNotBeAccessedByAnyLayer()
                .whereLayer("cli").mayNotBeAccessedByAnyLayer()
                .whereLayer("pages").mayNotBeAccessedByAnyLayer()
                // A step that finds its gate lost reads it from the record of its build.
                .whereLayer("build").mayOnlyBeAccessedByLayers("step")
                .whereLayer("host").mayOnlyBeAccessedByLayers("step", "config", "build", "pages", "cli")
                .whereLayer("engine").mayOnlyBeAccessedByLayers("step", "config", "build", "pages", "cli", "host")
                .check(plugin);
    }

    @Test
    public void noCycles() {
        slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(plugin);
    }
}
