package io.jenkins.plugins.approvalgate.preview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** What somebody does at a browser beside clicking: keys, the size of the window, and what only a program can do. */
final class Hands {

    private static final int MOST_TABS = 80;

    private final Browser browser;

    Hands(Browser browser) {
        this.browser = browser;
    }

    /** A hook for tests, as the pages have them. */
    static By hook(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']");
    }

    /** One that can be seen. */
    static By shown(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']:not([hidden], [hidden] *)");
    }

    void press(CharSequence... keys) {
        browser.until(driver -> {
            driver.switchTo().activeElement().sendKeys(keys);
            return true;
        });
    }

    WebElement focused() {
        return browser.until(driver -> driver.switchTo().activeElement());
    }

    /** The hook of what has the focus; empty where that has none. */
    String focus() {
        return Optional.ofNullable(focused().getDomAttribute("data-testid")).orElse("");
    }

    void awaitFocus(String testId) {
        browser.until(driver -> focus().equals(testId));
    }

    /** Presses Tab until the element with this hook has the focus. */
    void tabTo(String testId) {
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            if (focus().equals(testId)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("the Tab key does not lead to " + testId);
    }

    Object script(String script, Object... arguments) {
        return browser.until(driver ->
                        Optional.ofNullable(((JavascriptExecutor) driver).executeScript(script, arguments)))
                .orElse(null);
    }

    /** Waits for the promise that {@code script} hands its last argument's function. */
    Object scriptLater(String script, Object... arguments) {
        return browser.until(driver -> ((JavascriptExecutor) driver).executeAsyncScript(script, arguments));
    }

    /** Opens a {@code <details>} by its summary. */
    void unfold(String testId) {
        browser.find(By.cssSelector("[data-testid='" + testId + "'] > summary")).click();
    }

    /** Writes into a field that has a form of its own for each language, such as a time. */
    void fill(String testId, String value) {
        script(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))",
                browser.find(testId),
                value);
    }

    /** Chromium's own commands, for what a page cannot be told otherwise. */
    Map<String, Object> command(String name, Map<String, Object> parameters) {
        return browser.until(driver -> ((ChromeDriver) driver).executeCdpCommand(name, parameters));
    }

    /** As a reader with such a window, who likes it dark or light. */
    void look(int width, int height, boolean dark) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void lookAsBefore() {
        command("Emulation.clearDeviceMetricsOverride", Map.of());
        command("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }
}
