package dev.engram.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.cli.Invocation;
import dev.engram.cli.RunCommands;
import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final String REPORT =
      """
      {"attached": true,
       "settings": [
         {"key": "engram.capture", "value": "errors", "source": "switches.json"},
         {"key": "engram.service", "value": "", "source": "default"}],
       "setting_problems": [],
       "switches": {"serial": 4, "problem": ""},
       "instrumentations": [
         {"name": "jdbc", "state": "on", "classes": 3, "names": ["org.h2.A"], "call_sites": 12,
          "notes": [], "problems": []},
         {"name": "okhttp", "state": "on", "classes": 0, "names": [], "call_sites": 0,
          "notes": [], "problems": []},
         {"name": "servlet", "state": "on", "classes": 1, "names": [], "call_sites": 0,
          "notes": ["no method for X in Y"], "problems": [PROBLEM]}],
       "not_instrumented": [],
       "left_alone": {"jdk": 17, "generated": 2}}
      """;

  @TempDir private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void service_isShownWithReasonsAndSources() throws IOException {
    Path folder = SampleAgent.in(home, REPORT.replace("PROBLEM", ""));

    assertThat(execute("doctor", SampleAgent.PID)).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "shop  pid " + SampleAgent.PID + "  agent 1.0 (attached)  Java 17.0.1  " + folder,
            "",
            "INSTRUMENTATION  STATE  CLASSES  CALLS LINKED  NOTE",
            "jdbc             on           3            12",
            "okhttp           on           0             0  nothing of it is loaded so far",
            "servlet          on           1             0  no method for X in Y",
            "left alone: classes no condition was asked about, such as those of the JDK: 17 jdk,"
                + " 2 generated",
            "",
            "SETTING         VALUE   FROM",
            "engram.capture  errors  switches.json",
            "engram.service          default");
  }

  @Test
  void problem_isNamedHarmlessly_andEndsWithOne() throws IOException {
    SampleAgent.in(home, REPORT.replace("PROBLEM", "\"XAdvice is off\\u001b[2J\""));

    assertThat(execute("doctor", SampleAgent.PID)).isEqualTo(1);
    assertThat(terminal.out().lines()).contains("wrong: servlet: XAdvice is off\\u001b[2J");

    terminal = CapturedTerminal.piped();
    assertThat(execute("doctor", "--json", SampleAgent.PID)).isEqualTo(1);
    assertThat(terminal.out())
        .startsWith("{\"service\":\"shop\",\"pid\":" + SampleAgent.PID)
        .endsWith("\"problems\":[\"servlet: XAdvice is off\\u001B[2J\"]}\n");
  }

  @Test
  void agentThatSaysNothing_isNamed() throws IOException {
    Path folder = SampleAgent.in(home, "{");
    Files.delete(folder.resolve(HomeLayout.AGENT_FILE));

    assertThat(execute("doctor", SampleAgent.PID)).isEqualTo(1);
    assertThat(terminal.err()).contains("says nothing of itself");
  }

  @Test
  void processWithoutTheAgent_isTold_whatToDo() {
    assertThat(execute("doctor", SampleAgent.PID)).isEqualTo(1);
    assertThat(terminal.err())
        .contains("does not remember into " + home, "engram attach " + SampleAgent.PID);
  }

  @Test
  void timeThatIsNone_isNamed() {
    assertThat(execute("doctor", "--for", "soon", "--", "true")).isEqualTo(2);
    assertThat(terminal.err()).contains("--for takes seconds");
  }

  @Test
  void attach_toOurselvesOrNobody_isRefused() {
    assertThat(execute("attach", SampleAgent.PID)).isEqualTo(1);
    assertThat(terminal.err()).contains("is this command itself");
    assertThat(execute("attach", "999999999")).isEqualTo(1);
    assertThat(terminal.err()).contains("there is no process 999999999");
    assertThat(execute("attach", "shop")).isEqualTo(2);
  }

  private int execute(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = words[0];
    all[1] = "--home";
    all[2] = home.toString();
    System.arraycopy(words, 1, all, 3, words.length - 1);
    Invocation invocation =
        new Invocation(terminal.terminal(), Clock.systemDefaultZone(), Map.of());
    return RunCommands.execute(invocation, all);
  }
}
