package io.jenkins.plugins.approvalgate.engine.rest;

import java.util.Map;

/** How many rows somebody wants of a list at once. */
final class PageSize {

    private static final int USUAL = 50;

    private PageSize() {}

    /**
     * The parameter {@code limit}; 50 where it is not given.
     *
     * @param most how many there can be
     */
    static int read(Map<String, String> query, int most) throws ApiError {
        String text = query.get("limit");
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // told below, in the same words
        }
        throw ApiError.invalid("limit has to be a number from 1 to " + most + ".");
    }
}
