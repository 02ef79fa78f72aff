package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes out of a setting whatever could be a secret. What is left is shown; beside it stands a mark of the whole, which tells
 * two secrets from each other and gives neither away: an HMAC whose key never leaves the controller. Immutable.
 */
final class SecretMask {

    static final String MASK = "****";

    private static final String SHOWN = "shown";
    private static final String MARK = "mark";
    /** Parts of a path that are longer may be what keeps others out, as with the addresses of chats and calendars. */
    private static final int SECRET = 16;

    private static final Pattern ADDRESS = Pattern.compile("(?s)((?:[A-Za-z][A-Za-z0-9+.-]*:)*//)([^/?#]*)([^?#]*)(?:\\?([^#]*))?(#.*)?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z0-9_.-]+}");

    private final byte[] key;

    SecretMask(byte[] key) {
        this.key = key.clone();
    }

    /** Nothing of it is shown. */
    JsonNode hidden(String text) {
        return text.isEmpty() || isPlaceholder(text) ? TextNode.valueOf(text) : masked(MASK, text);
    }

    /** An address, without its user, the values of its query, its fragment, and the long parts of its path. */
    JsonNode address(String text) {
        Matcher form = ADDRESS.matcher(text);
        if (!form.matches()) {
            return hidden(text);
        }
        String shown = form.group(1)
                + host(form.group(2))
                + path(form.group(3))
                + (form.group(4) == null ? "" : "?" + query(form.group(4)))
                + (form.group(5) == null ? "" : "#" + MASK);
        return shown.equals(text) ? TextNode.valueOf(text) : masked(shown, text);
    }

    /** A database's address, without its user and the values of its parameters; a database's name may be long. */
    JsonNode database(String text) {
        int end = text.indexOf('?');
        String front = end < 0 ? text : text.substring(0, end);
        int hosts = front.indexOf("//") + 2;
        int rest = hosts < 2 ? -1 : front.indexOf('/', hosts);
        String name = rest < 0 ? "" : front.substring(rest);
        String server = hosts < 2 ? front : front.substring(0, rest < 0 ? front.length() : rest);
        boolean clear = hosts >= 2 ? name.indexOf('@') < 0 : front.indexOf('@') < 0;
        String shown = !clear ? "jdbc:" + MASK : hosts < 2 ? front : server.substring(0, hosts) + host(server.substring(hosts)) + name;
        shown += end < 0 ? "" : "?" + query(text.substring(end + 1));
        return shown.equals(text) ? TextNode.valueOf(text) : masked(shown, text);
    }

    private static String host(String text) {
        int user = text.lastIndexOf('@');
        return user < 0 ? text : MASK + text.substring(user);
    }

    private static String path(String text) {
        StringBuilder shown = new StringBuilder();
        for (String part : text.split("/", -1)) {
            int parameters = part.indexOf(';');
            String name = parameters < 0 ? part : part.substring(0, parameters);
            boolean plain = name.length() < SECRET && name.indexOf('@') < 0 && name.indexOf('=') < 0 || isPlaceholder(name);
            shown.append(shown.isEmpty() && part.isEmpty() ? "" : plain ? name : MASK)
                    .append(parameters < 0 ? "" : ";" + MASK)
                    .append('/');
        }
        return shown.substring(0, shown.length() - 1);
    }

    /** The names stay, where there are any. */
    private static String query(String text) {
        StringBuilder shown = new StringBuilder();
        for (String pair : text.split("&", -1)) {
            int value = pair.indexOf('=');
            boolean named = value > 0 && value < SECRET * 2;
            String name = named ? pair.substring(0, value + 1) : "";
            String rest = named ? pair.substring(value + 1) : pair;
            shown.append(shown.isEmpty() ? "" : "&").append(name).append(rest.isEmpty() || isPlaceholder(rest) ? rest : MASK);
        }
        return shown.toString();
    }

    private static boolean isPlaceholder(String text) {
        return PLACEHOLDER.matcher(text).matches();
    }

    private ObjectNode masked(String shown, String text) {
        return Json.object().put(SHOWN, shown).put(MARK, mark(text));
    }

    private String mark(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /** Whether this is one value, some of which is masked. */
    static boolean isMasked(JsonNode value) {
        return value.isObject() && value.size() == 2 && value.path(SHOWN).isTextual() && value.path(MARK).isTextual();
    }

    /** What may be shown of a masked value. */
    static String shown(JsonNode masked) {
        return masked.get(SHOWN).textValue();
    }
}
