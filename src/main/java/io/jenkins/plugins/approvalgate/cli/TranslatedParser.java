package io.jenkins.plugins.approvalgate.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jvnet.localizer.LocaleProvider;
import org.jvnet.localizer.ResourceBundleHolder;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.OptionHandlerFilter;
import org.kohsuke.args4j.ParserProperties;

/** A parser whose help comes from {@code Messages.properties}: Jenkins' own has no place to say so. */
final class TranslatedParser extends CmdLineParser {

    TranslatedParser(Object command, ParserProperties properties) {
        super(command, properties);
    }

    @Override
    public void printUsage(Writer out, ResourceBundle none, OptionHandlerFilter filter) {
        super.printUsage(out, new Texts(LocaleProvider.getLocale()), filter);
    }

    /** The names of arguments are the same in every language, and stand for themselves. */
    private static final class Texts extends ResourceBundle {
        private final ResourceBundle texts;

        private Texts(Locale locale) {
            texts = ResourceBundleHolder.get(Messages.class).get(locale);
        }

        @Override
        protected Object handleGetObject(String key) {
            return texts.containsKey(key) ? texts.getString(key) : key;
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.enumeration(texts.keySet());
        }
    }
}
