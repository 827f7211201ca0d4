package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar in a JVM of its own, as people start it. */
class EngramJarIT {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String JAR = System.getProperty("engram.jar", "target/engram.jar");

  @TempDir private Path folder;

  private record Result(int exitCode, String out, String err) {}

  @Test
  void version_isOneLine() throws Exception {
    Result result = engram("version");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).matches("engram [0-9]\\S* \\(Java .*\\)\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void wrongOption_isNamedAndExits2() throws Exception {
    Result result = engram("errors", "--limt", "3");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "engram: unknown option --limt; did you mean --limit? (see: engram errors --help)\n");
  }

  @Test
  void status_ofAHomeThatIsNotThere_makesNoHome() throws Exception {
    Path home = folder.resolve("none");

    Result result = engram("status", "--home", home.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("nothing is remembered yet");
    assertThat(home).doesNotExist();
  }

  @Test
  void group_needsNoMemory() throws Exception {
    String trace = "java.io.IOException: gone\\n\\tat com.acme.Shop.buy(Shop.java:7)";
    Path traces = folder.resolve("traces.jsonl");
    Files.writeString(traces, "{\"id\":\"a\",\"trace\":\"" + trace + "\"}\n");

    Result result = engram("group", traces.toString(), "--json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .matches("\\{\"id\":\"a\",\"fingerprint\":\"E-.{12}\",\"family\":\"F-.{12}\"}\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void agentPath_unpacksOnceForTheOwnerAlone() throws Exception {
    Path home = folder.resolve("home");

    Result first = engram("agent-path", "--home", home.toString());
    Path agent = Path.of(first.out().strip());
    var unpacked = Files.getLastModifiedTime(agent);
    Result second = engram("agent-path", "--home", home.toString());

    assertThat(first.exitCode()).isZero();
    assertThat(agent.getParent()).isEqualTo(home.resolve("lib"));
    assertThat(agent.getFileName().toString()).matches("engram-agent-.+-[0-9a-f]{12}\\.jar");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(agent)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwx------");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(Files.getLastModifiedTime(agent)).isEqualTo(unpacked);
    assertThat(agent.resolveSibling("")).isDirectoryNotContaining("glob:**.unpacking-*");

    byte[] packed = Files.readAllBytes(agent);
    Files.write(agent, new byte[packed.length]);
    assertThat(engram("agent-path", "--home", home.toString()).out()).isEqualTo(first.out());
    assertThat(agent).hasBinaryContent(packed);
  }

  @Test
  void run_passesExitCodeAndStreamsThrough() throws Exception {
    Path home = folder.resolve("home");

    Result result =
        engram(
            "run", "--home", home.toString(), "--", "sh", "-c", "echo out; echo err >&2; exit 7");

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out()).isEqualTo("out\n");
    assertThat(result.err())
        .matches("(?s)engram: HTTP on http://127\\.0\\.0\\.1:\\d+ while this runs\nerr\n.*")
        .contains("engram: nothing was remembered:")
        .hasLineCount(3);
  }

  @Test
  void run_optionsAfterTheCommand_belongToIt() throws Exception {
    Path home = folder.resolve("home");

    Result result = engram("run", "--home", home.toString(), "echo", "--home", "x", "--", "y");

    assertThat(result.out()).isEqualTo("--home x -- y\n");
  }

  @Test
  void run_missingProgram_exits127() throws Exception {
    String home = folder.resolve("home").toString();
    Result result = engram("run", "--no-http", "--home", home, "--", "no-such-program");

    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.err()).isEqualTo("engram: cannot start no-such-program: no such program\n");
  }

  @Test
  void run_storeThatBreaksMeanwhile_saysSoAndPassesTheExitCodeThrough() throws Exception {
    Path home = folder.resolve("home");
    String breaks =
        "cd \"$ENGRAM_HOME\"/store && rm engram.db* && echo rubbish > engram.db; exit 5";

    Result result = engram("run", "--no-http", "--home", home.toString(), "--", "sh", "-c", breaks);

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err().lines())
        .as("of the collector, if it looked before the command ended, and of whoever sums up")
        .hasSizeBetween(1, 2)
        .allMatch(line -> line.startsWith("engram: " + home))
        .last()
        .asString()
        .contains("no database");
    assertThat(home.resolve("store/engram.db")).hasContent("rubbish");
  }

  @Test
  void run_storeThatIsNoDatabase_runsTheCommandWithTheAgent() throws Exception {
    Path home = folder.resolve("home");
    assertThat(engram("agent-path", "--home", home.toString()).exitCode()).isZero();
    Files.createDirectories(home.resolve("store"));
    Files.writeString(home.resolve("store/engram.db"), "rubbish");

    Result result =
        engram(
            "run",
            "--home",
            home.toString(),
            "--",
            "sh",
            "-c",
            "echo \"$JAVA_TOOL_OPTIONS\"; exit 5");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(result.out()).startsWith("-javaagent:" + home);
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("engram: nothing of this run is remembered until the store is mended")
        .contains("engram collect --home " + home + " --once", "no database");
    assertThat(home.resolve("store/engram.db")).hasContent("rubbish");
  }

  @Test
  void collect_secondCollector_saysWhoIsThere() throws Exception {
    Path home = folder.resolve("home");
    Process first = start(List.of("collect", "--home", home.toString()));
    try (BufferedReader err =
        new BufferedReader(new InputStreamReader(first.getErrorStream(), StandardCharsets.UTF_8))) {
      assertThat(err.readLine()).startsWith("engram: collecting into " + home);

      Result second = engram("collect", "--once", "--home", home.toString());

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err()).hasLineCount(1).contains("pid " + first.pid());
      first.destroy();
      assertThat(first.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(first.exitValue()).isZero();
    } finally {
      first.destroyForcibly();
    }
  }

  /** The winner is killed, so that the next two find the description of one that is gone. */
  @Test
  void collect_twoAtOnce_oneServes_theOtherSaysWho() throws Exception {
    int races = "full".equals(System.getProperty("engram.tier")) ? 50 : 2;
    for (int race = 0; race < races; race++) {
      List<String> collect = List.of("collect", "--home", folder.resolve("home").toString());
      assertOneServes(start(collect), start(collect));
    }
  }

  private static void assertOneServes(Process one, Process other) throws Exception {
    try {
      CompletableFuture.anyOf(one.onExit(), other.onExit()).get(120, TimeUnit.SECONDS);
      Process loser = one.isAlive() ? other : one;
      Process winner = loser == one ? other : one;
      Result lost = result(loser);

      assertThat(lost.exitCode()).isEqualTo(1);
      assertThat(lost.out()).isEmpty();
      assertThat(lost.err())
          .hasLineCount(1)
          .contains("is served by another collector")
          .containsAnyOf("(pid " + winner.pid() + ",", "that is just starting");
      try (BufferedReader err = winner.errorReader()) {
        assertThat(err.readLine()).startsWith("engram: collecting into ");
      }
      assertThat(winner.isAlive()).isTrue();
    } finally {
      one.destroyForcibly().waitFor();
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void brokenPipe_isSilent() throws Exception {
    String command = "\"$0\" -jar \"$1\" help | true; exit ${PIPESTATUS[0]}";
    Process shell = new ProcessBuilder("bash", "-c", command, JAVA, JAR).start();

    Result result = result(shell);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDisk_isSaid_andNoSuccess() throws Exception {
    String command = "\"$0\" -jar \"$1\" help > /dev/full";
    Process shell = new ProcessBuilder("bash", "-c", command, JAVA, JAR).start();

    Result result = result(shell);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("engram: not all of the answer could be written (No space left on device)\n");
  }

  @Test
  void demo_showsWhatItRemembered_andLeavesNothingBehind() throws Exception {
    Path home = folder.resolve("home");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Process demo =
        new ProcessBuilder(
                JAVA,
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                JAR,
                "demo",
                "--home",
                home.toString())
            .start();

    Result result = result(demo);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("POST /orders", "UnpackableQuantityException: no box holds 13 pieces")
        .contains("GET /legacy", "LegacySystemDownException")
        .contains("offered ", " = written ", "show E-", home.toString());
    assertThat(result.out().split("One request as a tree")[1].split("The books")[0])
        .contains("POST /orders", "SELECT", "UnpackableQuantityException: no box holds 13 pieces");
    assertThat(temporary).isEmptyDirectory();
    assertThat(home.resolve("instances")).isEmptyDirectory();
    assertThat(home.resolve("store/lib"))
        .isDirectoryContaining("regex:.*/sqlite-[0-9][0-9.]+-\\w+\\.\\w+");
    Result status = engram("status", "--settled", "--home", home.toString());
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertHealed(result, home);
    assertVersionsDiffer(home);
  }

  private static void assertHealed(Result demo, Path home) throws Exception {
    assertThat(demo.err()).containsPattern("engram: healed: of the latest 12 requests none failed");
    String remedy = demo.out().split("remedies explain ")[1].split(" ")[0];
    Result remedies = engram("remedies", "--json", "--home", home.toString());
    assertThat(remedies.out())
        .contains("\"remedy_id\":\"" + remedy + "\"", "\"action\":\"retry http 127.0.0.1:")
        .contains("\"state\":\"active\"", "\"resolved_low\":0.");
    Result decisions =
        engram("decisions", "list", "--name", "engram.remedy", "--home", home.toString());
    assertThat(decisions.out()).contains("trial", "active");
  }

  private static void assertVersionsDiffer(Path home) throws Exception {
    Result compare = engram("compare", "--json", "--home", home.toString());
    assertThat(compare.out())
        .contains("{\"change\":\"error_new\",\"service\":\"sample-shop\"")
        .contains("{\"change\":\"route_slower\",\"service\":\"sample-shop\"")
        .contains("\"subject\":\"GET /products/{id}\"")
        .contains("the price service answered 503");
    String error = compare.out().split("error_new")[1].split("\"subject\":\"")[1].split("\"")[0];
    Result show = engram("show", error, "--home", home.toString());
    assertThat(show.out()).containsPattern("first +\\S+ \\S+ in version 1\\.1\n");
  }

  private static Result engram(String... arguments) throws IOException, InterruptedException {
    return result(start(List.of(arguments)));
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA, "-jar", JAR));
    command.addAll(arguments);
    return new ProcessBuilder(command).start();
  }

  private static Result result(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }
}
