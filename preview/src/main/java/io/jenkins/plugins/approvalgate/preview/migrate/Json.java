package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.preview.Place;
import java.util.Locale;

/** What may be left out or null in an answer, and the inputs of tasks, which are all texts. */
final class Json {

    private Json() {}

    /** Empty where nothing stands. */
    static String textIfGiven(Place place) throws Place.Misfit {
        return place.isGiven() && !place.value().isNull() ? place.text().strip() : "";
    }

    /** A boolean, or its text as tasks have it. */
    static boolean flag(Place place, boolean otherwise) throws Place.Misfit {
        if (!place.isGiven() || place.value().isNull()) {
            return otherwise;
        }
        if (!place.value().isTextual()) {
            return place.yesOrNo();
        }
        return switch (place.text().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            case "" -> otherwise;
            default -> throw place.misfit("expected true or false");
        };
    }

    /** A whole number that is not negative, or its text. */
    static int number(Place place, int otherwise) throws Place.Misfit {
        if (!place.isGiven() || place.value().isNull()) {
            return otherwise;
        }
        if (place.value().isTextual() && place.text().strip().matches("\\d{1,9}")) {
            return Integer.parseInt(place.text().strip());
        }
        int number = place.wholeNumber();
        if (number < 0) {
            throw place.misfit("expected 0 or more, found " + number);
        }
        return number;
    }
}
