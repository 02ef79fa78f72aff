package io.jenkins.plugins.approvalgate.preview;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.WebDriver;

/** As many browsers as a test wants at once, kept from test to test since a start takes seconds. */
final class BrowsersRule extends ExternalResource {

    private final TemporaryFolder profiles = new TemporaryFolder();
    private final List<WebDriver> all = new ArrayList<>();
    private final Deque<WebDriver> free = new ArrayDeque<>();

    @Override
    protected void before() throws IOException {
        Browser.require();
        profiles.create();
    }

    WebDriver take() throws IOException {
        if (free.isEmpty()) {
            WebDriver driver = Browser.launch(profiles.newFolder().toPath());
            all.add(driver);
            return driver;
        }
        return free.pop();
    }

    /** Between two tests: nobody is at a browser any more. */
    void allFree() {
        free.clear();
        free.addAll(all);
        all.forEach(driver -> driver.get("about:blank"));
    }

    @Override
    protected void after() {
        all.forEach(WebDriver::quit);
        profiles.delete();
    }
}
