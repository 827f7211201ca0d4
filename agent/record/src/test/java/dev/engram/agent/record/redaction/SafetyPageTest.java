package dev.engram.agent.record.redaction;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SafetyPageTest {
  /** Surefire runs in the module's folder. */
  private static final Path PAGE = Path.of("../../docs/safety.md");

  private static final Pattern MASKS =
      Pattern.compile("(?<=These masks hold: )[^\\n]*(?=\\.\\n\\n)");

  @Test
  void page_namesTheMasksThatHold() throws IOException {
    String masks =
        Redaction.BUILT_IN_MASKS.stream().map(mask -> "`" + mask + "`").collect(joining(", "));
    String page = Files.readString(PAGE);
    String expected = MASKS.matcher(page).replaceFirst(Matcher.quoteReplacement(masks));
    if ("write".equals(System.getProperty("engram.docs"))) {
      Files.writeString(PAGE, expected);
    }
    assertThat(expected).contains("These masks hold: " + masks);
    assertThat(PAGE)
        .as("run the tests of agent/record with -Dengram.docs=write")
        .content()
        .isEqualTo(expected);
  }
}
