package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed wrongly is named with what was meant, and help is given. */
class UsageTest {
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void unknownCommand_namesTheNearest() {
    assertThat(execute("requets")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            "engram: unknown command requets; did you mean requests? (see: engram --help)\n");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void unknownOption_namesTheNearest() {
    assertThat(execute("requests", "--sinse=2h")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            "engram: unknown option --sinse; did you mean --since? (see: engram requests"
                + " --help)\n");
  }

  @Test
  void badValues_areNamed() {
    assertThat(execute("requests", "--status", "eror")).isEqualTo(2);
    assertThat(execute("requests", "--since", "soon")).isEqualTo(2);
    assertThat(execute("requests", "--until", "soon")).isEqualTo(2);
    assertThat(execute("requests", "--since", "1h", "--until", "2h")).isEqualTo(2);
    assertThat(execute("requests", "--limit", "0")).isEqualTo(2);
    assertThat(execute("requests", "--limit", "many")).isEqualTo(2);
    assertThat(execute("requests", "--home")).isEqualTo(2);
    assertThat(terminal.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("unknown status eror; did you mean error?"),
            line ->
                assertThat(line)
                    .contains("--since takes a time such as 30m")
                    .endsWith("not soon (see: engram requests --help)"),
            line -> assertThat(line).contains("--until takes a time such as 30m"),
            line -> assertThat(line).contains("--until takes a time later than that of --since"),
            line -> assertThat(line).contains("--limit takes a number from 1, not 0"),
            line -> assertThat(line).contains("--limit takes a whole number, not many"),
            line -> assertThat(line).contains("--home takes a value: --home=FOLDER"));
  }

  @Test
  void hostileArgument_isShownEscaped() {
    assertThat(execute("\u001b[2J")).isEqualTo(2);
    assertThat(terminal.err()).doesNotContain("\u001b").contains("\\u001b[2J");
  }

  @Test
  void commandBelowAnother_isNamedWithIt() {
    assertThat(execute("replay", "memory.db")).isEqualTo(2);
    assertThat(terminal.err())
        .startsWith("engram: unknown command replay; did you mean quarantine replay?");
  }

  @ParameterizedTest
  @CsvSource({
    "reqests --help, unknown command reqests; did you mean requests?",
    "store chek --help, unknown command chek; did you mean check?",
    "requests of --help, unexpected argument of"
  })
  void mistakeBesideHelp_isNamed(String words, String said) {
    assertThat(execute(words.split(" "))).isEqualTo(2);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).startsWith("engram: " + said);
  }

  @Test
  void atSign_isNoArgumentFile() {
    assertThat(execute("show", "@/etc/passwd")).isEqualTo(2);
    assertThat(terminal.err()).contains("@/etc/passwd is no id");
  }

  @Test
  void help_listsEveryCommand() {
    assertThat(execute("help")).isZero();
    assertThat(terminal.out())
        .contains("demo", "run", "collect", "status", "requests", "errors", "show", "sql", "tail")
        .contains("insights", "metrics", "ai", "workflows")
        .contains("agent-path", "version");
  }

  @Test
  void helpOfACommand_isItsUsage() {
    assertThat(execute("help", "requests")).isZero();
    String help = terminal.out();
    assertThat(execute("requests", "--help")).isZero();
    assertThat(help).contains("--since").contains("--status");
  }

  @Test
  void run_withoutCommand_isWrongUsage() {
    assertThat(execute("run")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            "engram: COMMAND is missing; give it after the options (see: engram run --help)\n");
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
