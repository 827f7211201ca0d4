package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** {@code instance.json} of any text, or of known fields with odd values. */
class InstanceDescriptionFuzzTest {
  private static final List<String> FIELDS =
      List.of(
          "instance_id",
          "service",
          "service_version",
          "pid",
          "host",
          "boot_id",
          "started_epoch_nanos",
          "agent_version",
          "java_version",
          "java_vendor",
          "main",
          "app_packages",
          "of_a_newer_agent");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"text\"",
          "\"\"",
          "17",
          "-1.5e300",
          "9223372036854775808",
          "[]",
          "[null]",
          "[\"com.acme\",null,7]",
          "{}",
          "{\"a\":[{}]}",
          "\"\\u0000\\ud800\"");

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "20s")
  void read_givesADescriptionThatWorks_orSaysWhatIsWrong(FuzzedDataProvider data)
      throws IOException {
    Path file = folder.resolve("instance.json");
    Files.write(
        file, data.consumeInt(0, 3) == 0 ? data.consumeRemainingAsBytes() : json(data).getBytes());
    InstanceDescription description;
    try {
      description = InstanceDescription.read(file);
    } catch (IOException told) {
      assertThat(told.getMessage()).isNotBlank();
      return;
    }
    assertThat(description.id().uuid()).isNotNull();
    assertThat(description.running().id()).isEqualTo(description.id());
    description.inApp().isInApp("com.acme.Shop");
  }

  private static String json(FuzzedDataProvider data) {
    StringBuilder json =
        new StringBuilder("{\"instance_id\":\"00000000-0000-0001-0000-000000000002\"");
    for (int i = data.consumeInt(0, 14); i > 0; i--) {
      String value =
          data.consumeBoolean() ? data.pickValue(VALUES) : '"' + data.consumeString(20) + '"';
      json.append(",\"").append(data.pickValue(FIELDS)).append("\":").append(value);
    }
    return json.append('}').toString();
  }
}
