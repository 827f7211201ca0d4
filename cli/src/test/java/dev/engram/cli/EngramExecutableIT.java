package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The executable, and the archive of classes that its questions start from. */
class EngramExecutableIT {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final String ENGRAM = System.getProperty("engram.executable", "target/engram");

  @TempDir private Path folder;
  private Path archives;

  /** Of the JVM that a question starts, told by a launcher of ours. */
  private Path arguments;

  private String sharing = "-Xshare:auto";

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void stepBeforeJava() throws IOException {
    archives = folder.resolve("cache/engram");
    arguments = folder.resolve("arguments");
    java("exec '" + JAVA + "' $SHARING \"$@\"");
  }

  @Test
  void firstQuestion_makesAnArchive_thatTheNextStartsFrom() throws Exception {
    Result first = engram("version");
    assertThat(first.out()).matches("engram [0-9]\\S* \\(Java .*\\)\n");
    assertThat(first.err()).isEmpty();
    Path archive = theArchive();
    assertThat(Files.getPosixFilePermissions(archives))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));

    sharing = "-Xshare:on"; // Ends where the archive cannot be used.
    assertThat(engram("version")).isEqualTo(first);
    assertThat(arguments).content().contains("-XX:SharedArchiveFile=" + archive);
    assertThat(theArchive()).isEqualTo(archive);
  }

  /** Its class files are of a version that an archive made at exit leaves out. */
  @Test
  void archive_hasPicocli() throws Exception {
    engram("version");
    ProcessBuilder again =
        new ProcessBuilder(
            JAVA.toString(),
            "-XX:SharedArchiveFile=" + theArchive(),
            "-Xlog:class+load",
            "-jar",
            ENGRAM,
            "version");

    assertThat(result(again.start()).out()).contains("picocli.CommandLine source: shared objects");
  }

  @Test
  void archiveThatIsBroken_changesNoAnswer() throws Exception {
    Result first = engram("version");
    Path archive = theArchive();
    assertThat(archive.toFile().setWritable(true)).isTrue();

    Files.writeString(archive, "rubbish");
    assertThat(engram("version")).isEqualTo(first);
    Files.write(archive, new byte[0]);
    assertThat(engram("version")).isEqualTo(first);
  }

  /** Only root may give a file away. */
  @Test
  @EnabledIf("isRoot")
  void archiveOfSomebodyElse_isNotRead_butMadeAnew() throws Exception {
    Result first = engram("version");
    Path archive = theArchive();
    Object own = Files.getAttribute(archive, "unix:uid");
    Files.setAttribute(archive, "unix:uid", 12345);

    assertThat(engram("version")).isEqualTo(first);
    assertThat(arguments).content().doesNotContain("-XX:SharedArchiveFile=" + archive + " ");
    assertThat(theArchive()).isEqualTo(archive);
    assertThat(Files.getAttribute(archive, "unix:uid")).isEqualTo(own);
  }

  @Test
  void diskThatIsAlmostFull_getsNoArchive() throws Exception {
    program("df", "echo '/dev/x 100000 40000 60000 40% /'");
    assertThat(engram("errors", "--limt", "3").exitCode()).isEqualTo(2);
    assertThat(arguments).content().doesNotContain("Archive");
    assertThat(archives).isEmptyDirectory();
  }

  @Test
  void archiveThatWasCut_isNotKept() throws Exception {
    java("ulimit -f 2000\nexec '" + JAVA + "' \"$@\"");
    assertThat(engram("version").out()).startsWith("engram ");
    assertThat(archives).isEmptyDirectory();
  }

  @Test
  void folderThatCannotBeMade_changesNoAnswer() throws Exception {
    Files.writeString(folder.resolve("cache"), "a file");

    Result result = engram("errors", "--limt", "3");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("engram: unknown option --limt").hasLineCount(1);
    assertThat(folder.resolve("cache")).hasContent("a file");
  }

  @Test
  void exitCodeOfTheFirstQuestion_isItsOwn() throws Exception {
    assertThat(engram("errors", "--limt", "3").exitCode()).isEqualTo(2);
    assertThat(theArchive()).isNotEmptyFile();
  }

  @Test
  void commandThatRunsLong_getsTheWholeJvm() throws Exception {
    String home = folder.resolve("home").toString();
    Result result = engram("run", "--no-http", "--home", home, "--", "sh", "-c", "exit 7");

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(arguments).content().startsWith("-jar ").doesNotContain("-XX:");
    assertThat(archives).doesNotExist();
  }

  @Test
  void anotherJava_getsAnArchiveOfItsOwn() throws Exception {
    engram("version");
    Path archive = theArchive();
    java("# Installed anew.\nexec '" + JAVA + "' \"$@\"");
    engram("version");

    try (Stream<Path> all = Files.list(archives)) {
      assertThat(all).hasSize(2).contains(archive);
    }
  }

  @Test
  void linkToIt_works() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("memory"), Path.of(ENGRAM).toAbsolutePath());
    Result result = ask(new ProcessBuilder(link.toString(), "version"));

    Files.delete(link);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("engram ");
  }

  @Test
  void noJava_isOneLine() throws Exception {
    ProcessBuilder command = new ProcessBuilder("/bin/sh", ENGRAM, "version");
    command.environment().put("JAVA_HOME", folder.resolve("none").toString());
    Result result = result(command.start());

    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.err())
        .isEqualTo(
            "engram: no Java found: install JDK 17 or newer, or say where it is with JAVA_HOME\n");
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private Result engram(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ENGRAM));
    command.addAll(List.of(words));
    return ask(new ProcessBuilder(command));
  }

  private Result ask(ProcessBuilder command) throws IOException, InterruptedException {
    command.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    String path = folder.resolve("jdk/bin") + ":" + System.getenv("PATH");
    command.environment().put("PATH", path);
    command.environment().put("SHARING", sharing);
    command.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return result(command.start());
  }

  /** Lets {@code java} write down its arguments, and then do this. */
  private void java(String then) throws IOException {
    program("java", "echo \"$@\" > '" + arguments + "'\n" + then);
  }

  private void program(String name, String does) throws IOException {
    Path program = Files.createDirectories(folder.resolve("jdk/bin")).resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + does + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private Path theArchive() throws IOException {
    try (Stream<Path> all = Files.list(archives)) {
      List<Path> found = all.toList();
      assertThat(found).singleElement().asString().endsWith(".jsa");
      return found.get(0);
    }
  }

  private static Result result(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }
}
