package io.jenkins.plugins.approvalgate.preview;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /assets/}: the pages' files, as they are in the folder now; below {@code /assets/preview/} the preview's own.
 * Nothing outside of the folder can be reached.
 */
final class AssetRoute implements Route {

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    private final Path folder;

    AssetRoute(Path folder) {
        this.folder = folder;
    }

    @Override
    public Reply answer(Call call) throws IOException {
        if (!call.isRead()) {
            return Reply.useGet();
        }
        List<String> path = call.below(1);
        Optional<String> type = path.isEmpty() ? Optional.empty() : type(path.get(path.size() - 1));
        // Every segment has to be a plain name: no dot-dot, no slash that was encoded.
        if (type.isEmpty() || !path.stream().allMatch(segment -> segment.matches("[A-Za-z0-9][A-Za-z0-9._-]*"))) {
            return Reply.notFound();
        }
        Optional<byte[]> content =
                path.get(0).equals("preview") ? own(path.subList(1, path.size())) : fromFolder(path);
        return content.map(bytes -> Reply.of(200, type.get(), bytes)).orElseGet(Reply::notFound);
    }

    private static Optional<String> type(String name) {
        return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static Optional<byte[]> own(List<String> path) throws IOException {
        try (InputStream stream = AssetRoute.class.getResourceAsStream("assets/" + String.join("/", path))) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        }
    }

    private Optional<byte[]> fromFolder(List<String> path) throws IOException {
        try {
            Path file = folder.resolve(String.join("/", path));
            boolean inside = Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath());
            return inside ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
