package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\"quoted\" \\ back",
        "line\nbreak\t\u0000\u001f",
        "käse ☕",
        "lone \ud800"
      })
  void strings_comeBackFromAParser(String text) throws Exception {
    String json = JsonText.object(Map.of("a", text));

    assertThat(new ObjectMapper().readTree(json).get("a").textValue()).isEqualTo(text);
  }

  @Test
  void description_hasEveryFieldThatReadersNeed() throws Exception {
    UUID instance = UUID.randomUUID();
    Instant started = Instant.parse("2026-01-02T03:04:05.678Z");

    JsonNode json =
        new ObjectMapper().readTree(new InstanceDescription(instance, "a \"b\"", started).toJson());

    assertThat(json.get("instance_id").textValue()).isEqualTo(instance.toString());
    assertThat(json.get("service").textValue()).isEqualTo("a \"b\"");
    assertThat(json.get("started").textValue()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(json.get("started_epoch_nanos").longValue()).isEqualTo(1_767_323_045_678_000_000L);
    assertThat(json.get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
    assertThat(json.get("agent_version").textValue()).isNotEmpty().doesNotContain("$");
    assertThat(json.get("record_format").intValue()).isPositive();
    assertThat(json.get("ring_layout").intValue()).isEqualTo(1);
    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "service_version",
            "pid_namespace",
            "host",
            "boot_id",
            "java_version",
            "java_vendor",
            "main");
  }
}
