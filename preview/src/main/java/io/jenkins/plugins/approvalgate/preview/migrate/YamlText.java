package io.jenkins.plugins.approvalgate.preview.migrate;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Settings as YAML, with comments. Texts are in quotes, so that no time and no {@code no} is taken for something else;
 * {@code ${} in them is {@code ^${}, since configuration as code takes it for a variable of its own.
 */
final class YamlText {

    private static final int WIDTH = 100;

    private YamlText() {}

    /** @param comments for each environment, the lines above it */
    static String of(List<Map<String, Object>> environments, List<List<String>> comments) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < environments.size(); i++) {
            Node node = node(environments.get(i));
            node.setBlockComments(comments.get(i).stream().flatMap(YamlText::comment).toList());
            nodes.add(node);
        }
        Node list = new SequenceNode(Tag.SEQ, nodes, FlowStyle.BLOCK);
        DumperOptions options = new DumperOptions();
        options.setProcessComments(true);
        options.setSplitLines(false);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(mapping("unclassified", mapping("approvalGate", mapping("environments", list))), text);
        return text.toString();
    }

    /** As many lines as it needs, those after the first indented. */
    private static Stream<CommentLine> comment(String sentence) {
        return WordUtils.wrap(sentence, WIDTH, "\n  ", false)
                .lines()
                .map(line -> new CommentLine(null, null, " " + line, CommentType.BLOCK));
    }

    private static Node mapping(String key, Node value) {
        return new MappingNode(Tag.MAP, List.of(new NodeTuple(plain(key), value)), FlowStyle.BLOCK);
    }

    private static Node node(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<NodeTuple> tuples = new ArrayList<>();
            map.forEach((key, each) -> tuples.add(new NodeTuple(key(key.toString()), node(each))));
            return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
        }
        if (value instanceof List<?> list) {
            return new SequenceNode(Tag.SEQ, list.stream().map(YamlText::node).toList(), FlowStyle.BLOCK);
        }
        return value instanceof String text ? text(text) : new ScalarNode(
                value instanceof Boolean ? Tag.BOOL : Tag.INT, value.toString(), null, null, ScalarStyle.PLAIN);
    }

    /** The name of a setting is plain; that of a header may be anything. */
    private static Node key(String name) {
        return name.matches("[A-Za-z]+") ? plain(name) : text(name);
    }

    private static Node plain(String text) {
        return new ScalarNode(Tag.STR, text, null, null, ScalarStyle.PLAIN);
    }

    private static Node text(String text) {
        ScalarStyle style = text.strip().contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED;
        return new ScalarNode(Tag.STR, text.replace("${", "^${"), null, null, style);
    }
}
