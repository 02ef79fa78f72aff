package io.jenkins.plugins.approvalgate.preview.migrate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Time zones by the names that Windows has for them, as Azure DevOps' business hours do. The table is Unicode CLDR's
 * ({@code windowsZones.xml}), for the names in terraform-provider-azuredevops' {@code resource_check_business_hours.go}.
 */
final class WindowsZones {

    static final Map<String, String> TABLE = read();

    private WindowsZones() {}

    /** The zone in the tz database; empty if the name is not known. */
    static Optional<String> zone(String windows) {
        return Optional.ofNullable(TABLE.get(windows));
    }

    private static Map<String, String> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                WindowsZones.class.getResourceAsStream("windows-zones.txt"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> one, TreeMap::new));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
