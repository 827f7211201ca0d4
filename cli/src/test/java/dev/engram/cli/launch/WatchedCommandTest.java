package dev.engram.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.record.control.JsonText;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.cli.Invocation;
import dev.engram.cli.agents.RunningAgent;
import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedCommandTest {
  @TempDir private Path folder;
  private Path home = Path.of("");

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    Files.createDirectory(HomeLayout.instances(home));
  }

  @Test
  void longest_endsWhatTheCommandStarted_andWhatDoesNotWantTo() throws IOException {
    // Once more, for longer, where a busy machine did not let the script come that far.
    for (int seconds = 2; seconds < 200 && !areWritten("willing", "unwilling", "below"); ) {
      assertThat(
              run(
                  Duration.ofSeconds(seconds),
                  "sleep 600 & echo $! > willing",
                  "(trap '' TERM; exec sleep 600) & echo $! > unwilling",
                  "(sleep 600 & echo $! > below; wait) &",
                  "wait"))
          .isEmpty();
      seconds *= 6;
    }

    assertEnds("willing");
    assertEnds("unwilling");
    assertEnds("below");
  }

  @Test
  void commandThatEndsByItself_leavesAloneWhatItStarted() throws IOException {
    run(null, "sleep 600 > /dev/null & echo $! > left");

    long left = pid("left");
    assertThat(isRunning(left)).isTrue();
    ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void agents_areThoseOfTheCommandsProcesses_howeverManyStartMeanwhile() throws IOException {
    List<RunningAgent> agents =
        run(
            null,
            put("$$", "shop@1"),
            // For many looks, so that one of them comes on a busy machine too.
            "sleep 5 & echo $! > below; " + put("$(cat below)", "shop@2"),
            put(Long.toString(ProcessHandle.current().pid()), "elsewhere@3"),
            "wait");

    assertThat(agents)
        .extracting(agent -> agent.folder().getFileName().toString())
        .containsExactly("shop@1", "shop@2");
    assertThat(agents.get(1).pid()).isEqualTo(pid("below"));
  }

  /** A line that makes the folder of an instance with an agent in it. */
  private String put(String pid, String name) {
    HostIdentity here = HostIdentity.current();
    String description =
        JsonText.object(
            Map.of(
                "pid",
                "HERE",
                "host",
                here.host(),
                "boot_id",
                here.bootId(),
                "pid_namespace",
                here.pidNamespace()));
    Path instance = HomeLayout.instances(home).resolve(name);
    return String.join(
        "; ",
        "mkdir '" + instance + "'",
        "echo '" + description + "' | sed s/HERE/" + pid + "/ > '" + instance + "/instance.json'",
        "echo {} > '" + instance + "/agent.json'");
  }

  private List<RunningAgent> run(@Nullable Duration longest, String... script) {
    AgentCommand command =
        new AgentCommand(
            List.of("sh", "-c", "cd '" + folder + "'\n" + String.join("\n", script)), Map.of());
    Invocation invocation =
        new Invocation(CapturedTerminal.piped().terminal(), Clock.systemUTC(), Map.of());
    return new WatchedCommand(new Home(home), invocation, Duration.ofMillis(300))
        .run(command, longest);
  }

  private void assertEnds(String file) throws IOException {
    long pid = pid(file);
    await(file).atMost(Duration.ofSeconds(30)).until(() -> !isRunning(pid));
  }

  private boolean areWritten(String... files) {
    return Stream.of(files).allMatch(file -> folder.resolve(file).toFile().length() > 0);
  }

  private long pid(String file) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(file)).strip());
  }

  /** Who has ended is there until somebody waits for it, but has no program. */
  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }
}
