package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceDescriptionTest {
  @TempDir Path folder;

  @Test
  void appPackages_thatAreNone_arePassedOver() throws IOException {
    InstanceDescription description = read("\"app_packages\":[null,\"com.acme\"]");

    assertThat(description.inApp().isInApp("com.acme.Shop")).isTrue();
    assertThat(description.inApp().isInApp("com.other.Shop")).isFalse();
    assertThat(description.running().appPackages()).containsExactly("com.acme");
  }

  private InstanceDescription read(String fields) throws IOException {
    Path file = folder.resolve("instance.json");
    Files.writeString(
        file, "{\"instance_id\":\"00000000-0000-0001-0000-000000000002\"," + fields + "}");
    return InstanceDescription.read(file);
  }
}
