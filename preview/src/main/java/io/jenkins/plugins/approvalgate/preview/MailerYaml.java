package io.jenkins.plugins.approvalgate.preview;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads how to send mail from where Jenkins' configuration as code has it: {@code unclassified: mailer:}, and the
 * administrator's address in {@code unclassified: location:}. What else is there is passed over. No complaint quotes a value.
 */
final class MailerYaml {

    private static final int HIGHEST_PORT = 65_535;

    private MailerYaml() {}

    /**
     * The mail server in {@code file}; empty if it has none.
     *
     * @param environment gives an environment variable's value, {@code null} if it is not set
     */
    static Optional<Mailer> read(Path file, UnaryOperator<String> environment) throws StartFailure {
        return YamlFile.read(file, root -> {
            Place unclassified = root.get("unclassified");
            if (!unclassified.get("mailer").get("smtpHost").isGiven()) {
                return Optional.empty();
            }
            Variables variables = new Variables(environment);
            Place mailer = variables.resolved(unclassified.get("mailer"));
            Place location = variables.resolved(unclassified.get("location"));
            return Optional.of(mailer(mailer, location));
        });
    }

    private static Mailer mailer(Place place, Place location) throws Place.Misfit {
        return new Mailer(
                place.get("smtpHost").text().strip(),
                port(place.get("smtpPort")),
                yesIfGiven(place.get("useSsl")),
                yesIfGiven(place.get("useTls")),
                login(place.get("authentication")),
                text(place.get("defaultSuffix")),
                address(location.get("adminAddress").requireGiven()),
                place.get("replyToAddress").isGiven() ? Optional.of(address(place.get("replyToAddress"))) : Optional.empty());
    }

    /** Jenkins has it as a text; a number is as good. */
    private static Optional<Integer> port(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return Optional.empty();
        }
        String text = place.value().isIntegralNumber() ? place.value().asText() : place.text().strip();
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > HIGHEST_PORT) {
            throw place.misfit("expected a number from 1 to " + HIGHEST_PORT);
        }
        return Optional.of(Integer.valueOf(text));
    }

    private static boolean yesIfGiven(Place place) throws Place.Misfit {
        return place.isGiven() && place.yesOrNo();
    }

    private static Optional<Mailer.Login> login(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return Optional.empty();
        }
        Place password = place.get("password").requireGiven();
        if (!password.value().isTextual()) {
            throw password.misfit("expected a text, so put it in quotes");
        }
        return Optional.of(new Mailer.Login(place.get("username").text(), password.value().textValue()));
    }

    private static Optional<String> text(Place place) throws Place.Misfit {
        return place.isGiven() ? Optional.of(place.text().strip()).filter(text -> !text.isEmpty()) : Optional.empty();
    }

    private static InternetAddress address(Place place) throws Place.Misfit {
        try {
            InternetAddress[] addresses = InternetAddress.parse(place.text(), true);
            if (addresses.length == 1) {
                return addresses[0];
            }
        } catch (AddressException none) {
            // told below
        }
        throw place.misfit("expected one mail address");
    }
}
