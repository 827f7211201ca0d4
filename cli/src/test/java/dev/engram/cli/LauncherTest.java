package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final Pattern LONG = Pattern.compile("(?m)^([a-z |-]+)\\) exec \"\\$java\" -jar");

  /** A word that is none would be one whose command was given another name. */
  @Test
  void whatRunsLong_isACommandEach() throws IOException {
    Matcher line = LONG.matcher(Files.readString(Path.of("src/main/launcher/engram.sh")));
    assertThat(line.find()).isTrue();
    Invocation invocation =
        new Invocation(CapturedTerminal.piped().terminal(), SampleMemory.CLOCK, Map.of());

    assertThat(Main.commandLine(invocation).getSubcommands().keySet())
        .containsAll(List.of(line.group(1).split(" \\| ")));
    assertThat(line.group(1)).contains("export", "run", "tail");
  }
}
