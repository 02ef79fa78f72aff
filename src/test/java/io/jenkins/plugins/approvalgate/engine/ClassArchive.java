package io.jenkins.plugins.approvalgate.engine;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * The class path for a process that is started again and again, and an archive of the classes that it loads: with it a start
 * takes half of the processor's time. A JVM that cannot use the archive starts without.
 *
 * @param classPath of jars alone, since a JVM archives nothing from folders
 */
record ClassArchive(Path file, String classPath) {

    /**
     * Lets the process run once for that.
     *
     * @param folder for the archive, the jars and a home for the process
     * @param enough whether it has loaded all that counts, given what it said
     * @param arguments those behind the home
     */
    static ClassArchive make(Path folder, Class<?> main, Predicate<List<String>> enough, Object... arguments)
            throws IOException, InterruptedException {
        List<String> jars = new ArrayList<>();
        for (String element : OtherProcess.classPath().split(File.pathSeparator)) {
            Path path = Path.of(element);
            jars.add(Files.isDirectory(path) ? jar(path, folder.resolve(jars.size() + ".jar")) : element);
        }
        ClassArchive archive = new ClassArchive(folder.resolve("classes.jsa"), String.join(File.pathSeparator, jars));
        List<Object> all = new ArrayList<>(List.of(Files.createDirectory(folder.resolve("first"))));
        all.addAll(List.of(arguments));
        List<String> options = List.of("-XX:ArchiveClassesAtExit=" + archive.file, "-cp", archive.classPath);
        try (OtherProcess first = OtherProcess.start(options, main, all.toArray())) {
            first.await(enough);
            first.askToEnd();
            first.ended();
        }
        return archive;
    }

    /** For {@link OtherProcess#start(List, Class, Object...)}. */
    List<String> options() {
        return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file, "-cp", classPath);
    }

    private static String jar(Path directory, Path jar) throws IOException {
        try (Stream<Path> all = Files.walk(directory);
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(file)) {
            content.setLevel(Deflater.NO_COMPRESSION);
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                content.putNextEntry(new JarEntry(directory.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, content);
            }
        }
        return jar.toString();
    }
}
