package io.jenkins.plugins.approvalgate.engine.notice.mail;

import java.util.List;

/**
 * What a mail says, before it is text or HTML. Fields are read by the templates.
 *
 * @param title the subject
 * @param items one for each gate
 * @param footer why the reader gets it
 */
record MailPage(String title, List<Item> items, List<String> footer) {

    /** What is said of one gate. */
    record Item(
            String heading, String intro, List<Row> rows, List<Section> sections, List<Button> buttons, boolean many) {
        boolean linked() {
            return !buttons.isEmpty();
        }
    }

    record Row(String label, String value) {}

    /** @param list whether the lines are items of a list */
    record Section(String heading, List<String> lines, boolean list) {}

    /**
     * A link.
     *
     * @param style what it looks like, as inline CSS
     * @param plain whether it is coloured by the reader's scheme, light or dark
     */
    record Button(String label, String href, String style, boolean plain) {}
}
