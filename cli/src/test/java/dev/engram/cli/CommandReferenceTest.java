package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What people can read of the commands: the page in docs, and manual pages. */
class CommandReferenceTest {
  /** Surefire runs in the module's folder. */
  private static final Path PAGE = Path.of("../docs/commands.md");

  @TempDir private Path folder;
  private final CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void page_saysWhatTheHelpSays() throws IOException {
    String rendered = page();
    if ("write".equals(System.getProperty("engram.docs"))) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(PAGE)
        .as("run the tests of cli with -Dengram.docs=write")
        .content()
        .isEqualTo(rendered);
  }

  @Test
  void manualPages_areOneForEachCommand() throws Exception {
    Path made = folder.resolve("man/man1");
    assertThat(execute("man-pages", made.toString())).isZero();

    assertThat(commands(engram()).map(ManualPage::name).map(name -> made.resolve(name + ".1")))
        .isNotEmpty()
        .allSatisfy(page -> assertThat(page).isRegularFile())
        .map(Path::toString)
        .containsExactlyInAnyOrderElementsOf(terminal.out().lines().toList());
    assertThat(made.resolve("engram-requests.1"))
        .content()
        .startsWith(".TH ENGRAM-REQUESTS 1 ")
        .contains("\n.SH NAME\nengram\\-requests \\- ", "\n.B \\-\\-since=TIME\n");
  }

  @Test
  void manualPages_intoAFile_isSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(execute("man-pages", file.toString())).isEqualTo(1);
    assertThat(terminal.err()).startsWith("engram: cannot write manual pages to " + file);
  }

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Commands

            What `engram <command> --help` says. Written by the tests of `cli` with `-Dengram.docs=write`.
            """);
    commands(engram())
        .forEach(
            command -> {
              String usage = command.getUsageMessage(Ansi.OFF).strip();
              String name = command.getCommandSpec().qualifiedName();
              page.append("\n## ").append(name).append("\n\n```text\n").append(usage);
              page.append("\n```\n");
            });
    return page.toString();
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(CommandReferenceTest::commands));
  }

  private CommandLine engram() {
    return Main.commandLine(invocation());
  }

  private int execute(String... arguments) {
    return Main.commandLine(invocation(), arguments).execute(arguments);
  }

  private Invocation invocation() {
    return new Invocation(terminal.terminal(), Clock.systemUTC(), Map.of());
  }
}
