package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** {@code GET audit/export}: what goes out, and that it is on record. */
public class ExportOverRestTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(
            Town.of("team=carol"), Given.environment("production", "any 1: alice"), Given.environment("staging", "any 1: alice"));

    private final FakeCaller auditor = FakeCaller.auditor();

    @Before
    public void begin() throws Exception {
        disk.request("production", 1);
        disk.keeper.submit(disk.request("staging", 2).id(), Given.reject("alice"));
    }

    private RestResponse get(FakeCaller caller, String... parameters) {
        Map<String, String> query = new LinkedHashMap<>();
        Arrays.stream(parameters).forEach(parameter -> query.put(parameter.split("=")[0], parameter.split("=", 2)[1]));
        return new RestApi(disk.keeper, disk.host, Optional.empty())
                .handle(
                        new RestRequest(
                                "GET", List.of("audit", "export"), query, Optional.empty(), Optional.empty(), InputStream.nullInputStream()),
                        caller);
    }

    private static String text(RestResponse response) throws IOException {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    public void jsonl_isTheJournal_withoutTheLineThatSaysSo() throws Exception {
        List<String> before = disk.lines();

        RestResponse response = get(auditor);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.content()).isInstanceOf(Content.Streamed.class);
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/jsonl; charset=utf-8")
                .containsEntry("Content-Disposition", "attachment; filename=\"audit.jsonl\"")
                .containsEntry("Cache-Control", "private, no-cache")
                .doesNotContainKey("ETag");
        assertThat(text(response)).isEqualTo(String.join("\n", before) + "\n");
    }

    /** What was begun to be fetched is on record even if the one who fetches it breaks off. */
    @Test
    public void exported_isOnRecordBeforeTheFirstByte() throws Exception {
        int before = disk.lines().size();

        get(auditor, "format=csv", "environment=staging", "q=No  because");

        assertThat(disk.lines()).hasSize(before + 1);
        JsonNode line = Json.read(disk.lines().get(before).getBytes(StandardCharsets.UTF_8));
        assertThat(line.path("type").textValue()).isEqualTo("exported");
        assertThat(line.path("actor").textValue()).isEqualTo("auditor");
        assertThat(line.path("gate").isNull()).isTrue();
        assertThat(line.path("data").path("format").textValue()).isEqualTo("csv");
        assertThat(line.path("data").path("filters").path("environment").textValue()).isEqualTo("staging");
        assertThat(line.path("data").path("count").isIntegralNumber()).isTrue();
    }

    @Test
    public void exported_whatCannotBeRecordedIsNotGiven() throws Exception {
        disk.keeper.journal().close();

        RestResponse response = get(auditor);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.content()).isInstanceOf(Content.Whole.class);
        disk.open();
    }

    @Test
    public void filters_meanWhatTheSearchMeansByThem() throws Exception {
        assertThat(text(get(auditor, "environment=staging"))).contains("\"type\":\"requested\"").contains("\"type\":\"closed\"");
        assertThat(text(get(auditor, "environment=production")).lines()).hasSize(1);
        assertThat(text(get(auditor, "outcome=REJECTED")).lines()).hasSize(1);
        assertThat(text(get(auditor, "controller=another"))).isEmpty();
        assertThat(text(get(auditor, "to=2026-03-02"))).isEmpty();
        assertThat(text(get(auditor, "from=2026-03-02", "build=2", "type=rejected")).lines()).hasSize(1);
    }

    @Test
    public void badInput_isTold() throws Exception {
        for (String bad : List.of("format=xml", "manifest=yes", "build=x", "outcome=MAYBE", "from=yesterday", "to=2026-13-01T00:00:00Z")) {
            assertThat(get(auditor, bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(disk.lines()).noneMatch(line -> line.contains("\"exported\""));
    }

    @Test
    public void onlyThoseWhoMayViewTheAudit() throws Exception {
        assertThat(get(FakeCaller.of("alice")).status()).isEqualTo(403);
        assertThat(get(FakeCaller.anonymous(true)).status()).isEqualTo(401);
        assertThat(disk.lines()).noneMatch(line -> line.contains("\"exported\""));
    }

    @Test
    public void manifest_saysWhatTheFileIs_signed() throws Exception {
        String head = Json.read(disk.lines().get(disk.lines().size() - 1).getBytes(StandardCharsets.UTF_8)).path("hash").textValue();
        int lines = disk.lines().size();

        RestResponse response = get(auditor, "manifest=true", "format=jsonl");

        assertThat(response.headers()).containsEntry("Content-Type", "application/zip");
        Map<String, byte[]> files = unzip(response.body());
        assertThat(files.keySet()).containsExactly("audit.jsonl", "manifest.json", "manifest.json.sig", "key.pem");
        JsonNode manifest = Json.read(files.get("manifest.json"));
        assertThat(manifest.path("file").textValue()).isEqualTo("audit.jsonl");
        assertThat(manifest.path("count").longValue()).isEqualTo(lines);
        assertThat(manifest.path("firstSeq").longValue()).isEqualTo(1);
        assertThat(manifest.path("lastSeq").longValue()).isEqualTo(lines);
        assertThat(manifest.path("everyLine").booleanValue()).isTrue();
        assertThat(manifest.path("sha256").textValue()).isEqualTo(Json.hash(files.get("audit.jsonl")));
        assertThat(manifest.path("size").longValue()).isEqualTo(files.get("audit.jsonl").length);
        assertThat(manifest.path("controller").textValue()).isEqualTo("test");
        assertThat(manifest.path("exportedBy").textValue()).isEqualTo("auditor");
        assertThat(manifest.path("journal").path("head").textValue()).isEqualTo(head);
        assertThat(new String(files.get("key.pem"), StandardCharsets.US_ASCII)).startsWith("-----BEGIN PUBLIC KEY-----\n");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(disk.host.signer.publicKey());
        signature.update(files.get("manifest.json"));
        assertThat(signature.verify(files.get("manifest.json.sig"))).isTrue();
    }

    @Test
    public void manifest_ofAPart_doesNotSayEveryLine() throws Exception {
        Map<String, byte[]> files = unzip(get(auditor, "manifest=true", "format=csv", "type=requested").body());

        JsonNode manifest = Json.read(files.get("manifest.json"));
        assertThat(manifest.path("everyLine").booleanValue()).isFalse();
        assertThat(manifest.path("count").longValue()).isEqualTo(2);
        assertThat(manifest.path("filters")).hasToString("{\"type\":\"requested\"}");
        assertThat(files).containsKey("audit.csv");
    }

    private static Map<String, byte[]> unzip(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }
}
