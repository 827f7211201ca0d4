package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ViewsReferenceTest {
  /** Surefire runs in the module's folder. */
  private static final Path PAGE = Path.of("../../docs/schema.md");

  @Test
  void page_saysWhatTheCodeSays() throws IOException {
    String rendered = ViewsReference.render();
    if ("write".equals(System.getProperty("engram.docs"))) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(PAGE)
        .as("run the tests of collector/store-sqlite with -Dengram.docs=write")
        .content()
        .isEqualTo(rendered);
  }
}
