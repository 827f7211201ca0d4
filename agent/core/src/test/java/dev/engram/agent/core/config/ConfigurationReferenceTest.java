package dev.engram.agent.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  /** Surefire runs in the module's folder. */
  private static final Path PAGE = Path.of("../../docs/configuration.md");

  @Test
  void page_saysWhatTheCodeSays() throws IOException {
    String rendered = ConfigurationReference.render();
    if ("write".equals(System.getProperty("engram.docs"))) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(PAGE)
        .as("run the tests of agent/core with -Dengram.docs=write")
        .content()
        .isEqualTo(rendered);
  }
}
