package io.jenkins.plugins.approvalgate.engine.notice.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that says what a test wants it to say. */
final class AwkwardServer implements AutoCloseable {

    /** Instead of an answer. */
    static final String HANG_UP = "";

    private final ServerSocket socket;
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of("DATA", "354 go on", "QUIT", "221 bye"));
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> tried = new CopyOnWriteArrayList<>();

    AwkwardServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
        Thread thread = new Thread(this::serve, "awkward server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What it says to commands that begin so, from now on; {@code .} is the end of a mail. */
    void answer(String command, String answer) {
        answers.put(command, answer);
    }

    /** To whom it took mails, in that order. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    /** How often a mail to the address was tried. */
    int tried(String address) {
        return (int) tried.stream().filter(address::equals).count();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (SocketException closed) {
                // by a test, or by whoever called
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 awkward\r\n");
        out.flush();
        String to = "";
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (data && !line.equals(".")) {
                continue;
            }
            if (line.startsWith("RCPT TO:<")) {
                to = line.substring(9, line.indexOf('>'));
                tried.add(to);
            }
            String answer = answerTo(line);
            if (answer.equals(HANG_UP)) {
                return;
            }
            if (data && answer.startsWith("2")) {
                taken.add(to);
            }
            data = answer.startsWith("354");
            out.print(answer + "\r\n");
            out.flush();
        }
    }

    private String answerTo(String line) {
        return answers.entrySet().stream()
                .filter(answer -> line.startsWith(answer.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("250 ok");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
