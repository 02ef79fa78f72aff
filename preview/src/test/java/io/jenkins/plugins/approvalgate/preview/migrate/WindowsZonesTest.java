package io.jenkins.plugins.approvalgate.preview.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.TimeZone;
import java.time.ZoneId;
import org.junit.Test;

public class WindowsZonesTest {

    @Test
    public void table_isUnicodes() {
        assertThat(WindowsZones.TABLE).hasSizeGreaterThan(130).allSatisfy((windows, zone) -> {
            assertThat(zone).isEqualTo(TimeZone.getIDForWindowsID(windows, "001").replaceFirst("^Etc/UTC$", "UTC"));
            assertThat(ZoneId.of(zone)).isNotNull();
        });
    }

    @Test
    public void withdrawnZones_areNotKnown() {
        assertThat(WindowsZones.zone("Kamchatka Standard Time")).isEmpty();
        assertThat(WindowsZones.zone("Mid-Atlantic Standard Time")).isEmpty();
        assertThat(WindowsZones.zone("Europe/Berlin")).isEmpty();
    }
}
