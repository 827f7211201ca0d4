package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.agent.record.control.JsonText;
import java.time.Instant;
import java.util.List;
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

    JsonNode json = new ObjectMapper().readTree(description(instance, started).toJson());

    assertThat(json.get("instance_id").textValue()).isEqualTo(instance.toString());
    assertThat(json.get("service").textValue()).isEqualTo("a \"b\"");
    assertThat(json.get("service_version").textValue()).isEqualTo("1.2");
    assertThat(json.get("started").textValue()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(json.get("started_epoch_nanos").longValue()).isEqualTo(1_767_323_045_678_000_000L);
    assertThat(json.get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
    assertThat(json.get("agent_version").textValue()).isNotEmpty().doesNotContain("$");
    assertThat(json.get("record_format").intValue()).isPositive();
    assertThat(json.get("app_packages"))
        .extracting(JsonNode::textValue)
        .containsExactly("com.acme", "org.acme");
    assertThat(json.get("ring_layout").intValue()).isEqualTo(1);
    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "service_version",
            "label",
            "service_revision",
            "pid_namespace",
            "host",
            "boot_id",
            "java_version",
            "java_vendor",
            "main");
  }

  private static InstanceDescription description(UUID instance, Instant started) {
    return new InstanceDescription(
        instance, "a \"b\"", "1.2", "pr-1", started, List.of("com.acme", "org.acme"));
  }
}
