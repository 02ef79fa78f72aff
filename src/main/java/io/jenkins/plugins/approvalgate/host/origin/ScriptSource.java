package io.jenkins.plugins.approvalgate.host.origin;

import com.thoughtworks.xstream.io.xml.DomWriter;
import hudson.model.Items;
import hudson.scm.SCM;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Repositories and paths of scripts, each in one spelling. */
final class ScriptSource {

    /** What a branch of a multibranch project has in its configuration; the class is for nobody else's use. */
    private static final String BINDER = "org.jenkinsci.plugins.workflow.multibranch.SCMBinder";

    private ScriptSource() {}

    /** The script {@code path} of the repository that {@code scm} reads; empty if either is not plain. */
    static Optional<Origin.Script> of(SCM scm, String path) {
        return address(scm).flatMap(address -> plain(path).map(plain -> new Origin.Script(address, plain)));
    }

    private static Optional<String> address(SCM scm) {
        Optional<ScmFacts> known = ScmFacts.of(scm);
        return known.isPresent() ? known.get().address(scm) : Optional.of(scm.getKey());
    }

    /** Without what means nothing in it; empty if it leads upwards, or has something yet to be filled in. */
    private static Optional<String> plain(String path) {
        List<String> segments = Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        return segments.isEmpty() || segments.contains("..") || path.contains("$") || path.contains("\\")
                ? Optional.empty()
                : Optional.of(segments.stream().collect(Collectors.joining("/")));
    }

    /**
     * The path of the script in the repository of a multibranch project; empty for any other definition. Read from the job's
     * own configuration, as the project's may have been changed without reaching its branches.
     */
    static Optional<String> pathInBranch(FlowDefinition definition) {
        if (!definition.getClass().getName().equals(BINDER)) {
            return Optional.empty();
        }
        try {
            Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
            Items.XSTREAM2.marshal(definition, new DomWriter(xml));
            NodeList paths = xml.getElementsByTagName("scriptPath");
            return paths.getLength() == 1 ? Optional.of(paths.item(0).getTextContent()) : Optional.empty();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
