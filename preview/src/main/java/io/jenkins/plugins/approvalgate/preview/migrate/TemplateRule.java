package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.preview.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Required template: {@code extendsChecks} with {@code repositoryType}, {@code repositoryName}, {@code repositoryRef} and
 * {@code templatePath} ({@code resource_check_required_template.go}). What a template of Azure Pipelines is, a shared library
 * is here; whether it does what the template did nobody but its author can say, so that it stays shut until somebody has
 * looked.
 */
final class TemplateRule {

    private TemplateRule() {}

    static void add(AzureCheck check, Draft draft) throws Place.Misfit {
        List<Place> templates = check.settings().get("extendsChecks").items();
        for (Place template : templates) {
            String repository = template.requireObject().get("repositoryName").text().strip();
            String ref = template.get("repositoryRef").text().strip();
            String path = template.get("templatePath").text().strip();
            String library = repository.substring(repository.lastIndexOf('/') + 1);
            String version = ref.replaceFirst("^refs/(heads|tags)/", "");
            draft.shut(check, "it requires the template " + Words.quoted(path) + " of " + Words.quoted(repository) + " at "
                    + Words.quoted(ref) + "; make it a shared library, and look at the requiredTemplate here");
            if (isPlain(library) && isPlain(version)) {
                Map<String, Object> settings = new LinkedHashMap<>();
                settings.put("library", library);
                settings.put("version", version);
                draft.check(check, "requiredTemplate", settings);
            }
        }
        if (templates.isEmpty()) {
            draft.shut(check, "it names no template");
        }
    }

    /** Nothing that a pattern would take for more than itself. */
    private static boolean isPlain(String name) {
        return name.matches("[A-Za-z0-9_.][A-Za-z0-9_./-]{0,99}");
    }
}
