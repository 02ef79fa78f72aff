package io.jenkins.plugins.approvalgate.preview;

import static org.junit.Assume.assumeTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One person at a browser of their own. */
final class Browser {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI address;
    private final WebDriver driver;
    private final WebDriverWait patience;

    private Browser(URI address, WebDriver driver) {
        this.address = address;
        this.driver = driver;
        patience = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50));
        // What is drawn again meanwhile is looked for again.
        patience.ignoring(StaleElementReferenceException.class);
    }

    /** Skips the test where there is no browser; in continuous integration that is a failure instead. */
    static void require() {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(CHROMEDRIVER);
        if (!there) {
            String told = "*** NO BROWSER TEST RAN: install " + CHROMIUM + " and " + CHROMEDRIVER
                    + " (Debian: apt-get install chromium chromium-driver)";
            System.err.println(told);
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(told);
            }
        }
        assumeTrue("there is no Chromium here", there);
    }

    /** Somebody at {@code driver}; each preview has an address of its own, so nothing of an earlier one is remembered. */
    static Browser open(URI address, String user, WebDriver driver) {
        Browser browser = new Browser(address, driver);
        browser.become(user);
        browser.complaints();
        return browser;
    }

    /** A new Chromium, which somebody has to quit. */
    static WebDriver launch(Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--window-size=1400,1000",
                "--user-data-dir=" + profile);
        // Told where the driver is, Selenium does not look for one to download.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(CHROMEDRIVER.toString()))
                .build();
        return new ChromeDriver(service, options);
    }

    /** Picks somebody to be, on the start page. */
    void become(String user) {
        go("/");
        until(ExpectedConditions.presenceOfElementLocated(By.cssSelector("#persona option[value='" + user + "']")));
        new Select(find("persona")).selectByValue(user);
    }

    void go(String path) {
        driver.get(address.resolve(path).toString());
    }

    <T> T until(ExpectedCondition<T> condition) {
        return patience.until(condition);
    }

    private static By hook(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']");
    }

    /** The element with this hook, once it can be seen. */
    WebElement find(String testId) {
        return until(ExpectedConditions.visibilityOfElementLocated(hook(testId)));
    }

    WebElement find(By by) {
        return until(ExpectedConditions.visibilityOfElementLocated(by));
    }

    void click(String testId) {
        until(ExpectedConditions.elementToBeClickable(hook(testId))).click();
    }

    /** Clicks without looking, even if the page has just taken the button away. */
    void clickBlindly(String testId) {
        ((JavascriptExecutor) driver).executeScript("arguments[0].click()", driver.findElement(hook(testId)));
    }

    /** Waits until the element with this hook says {@code text}, among other things. */
    void awaitText(String testId, String text) {
        until(ExpectedConditions.textToBePresentInElementLocated(hook(testId), text));
    }

    /** Opens the review of a gate in the list of what waits for the person. */
    void review(String gate) {
        go("/approvals/");
        By button = By.cssSelector("[data-testid='section-mine'] [data-testid='review-button'][data-gate-id='" + gate + "']");
        until(ExpectedConditions.elementToBeClickable(button)).click();
        find("review-dialog");
        find("comment");
    }

    void say(String comment) {
        find("comment").sendKeys(comment);
    }

    String text() {
        return driver.findElement(By.tagName("main")).getText();
    }

    /** Where the browser is. */
    String address() {
        return driver.getCurrentUrl();
    }

    String title() {
        return driver.getTitle();
    }

    int count(By by) {
        return driver.findElements(by).size();
    }

    /** What {@code body} returns, run in the page. */
    Object script(String body) {
        return ((JavascriptExecutor) driver).executeScript(body);
    }

    /** From now on, what is downloaded goes to {@code folder} without asking. */
    void downloadsTo(Path folder) {
        ((ChromeDriver) driver)
                .executeCdpCommand(
                        "Browser.setDownloadBehavior",
                        Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
    }

    /** What the browser complained of since it was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }
}
