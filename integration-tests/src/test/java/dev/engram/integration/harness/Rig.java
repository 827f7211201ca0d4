package dev.engram.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One test's memory home, and the processes around it, which several threads may start. After every
 * test, whatever it was about: every process is gone, the agent said no more than it may, the
 * user's home is untouched, and the books of the memory balance.
 */
public final class Rig implements BeforeEachCallback, AfterEachCallback {
  private static final Pattern START_LINE = Pattern.compile("^engram: remembering ");

  private static final String COLLECTOR = "collector";

  private final List<Child> children = new CopyOnWriteArrayList<>();
  private final List<Child> silent = new CopyOnWriteArrayList<>();
  private final List<Pattern> expectedVoice = new ArrayList<>();
  private final List<Disk> disks = new ArrayList<>();
  private Path folder = Path.of("");
  private boolean booksKept = true;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("engram-it-").toRealPath();
    Files.createDirectory(userHome());
    Files.createDirectory(temporaryFolder());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try {
      stopAll();
      if (context.getExecutionException().isEmpty()) {
        checkWhatEveryTestPromises();
      }
    } catch (AssertionError | RuntimeException broken) {
      describeAll();
      throw broken;
    } finally {
      context.getExecutionException().ifPresent(failure -> describeAll());
      children.forEach(child -> child.handle().destroyForcibly());
      disks.forEach(Disk::unmount);
      delete(folder);
    }
  }

  /** A folder of this test alone. */
  public Path folder() {
    return folder;
  }

  /** The memory home; nothing is there before the first record. */
  public Path home() {
    return folder.resolve("home");
  }

  /** What children take for the user's home; it stays empty. */
  public Path userHome() {
    return folder.resolve("user");
  }

  /** What children take for the system's temporary folder, so that killed ones leave nothing. */
  public Path temporaryFolder() {
    return folder.resolve("tmp");
  }

  /** A file system of this test alone in a folder that need not exist, such as the home. */
  public Disk disk(Path where, String options) {
    Disk disk = Disk.mount(where, options);
    disks.add(disk);
    return disk;
  }

  /** For tests that expect the agent to say something beside its one line at start. */
  public void expectVoice(String pattern) {
    expectedVoice.add(Pattern.compile(pattern));
  }

  /** For tests where no memory can come about. */
  public void expectNoBooks() {
    booksKept = false;
  }

  /**
   * A JVM with this rig's home in its environment. In the fast tier it compiles with C1 alone,
   * which starts services sooner on few cores; the full tier has the JVM as it is.
   */
  public JavaCommand java(String name, Jdk jdk) {
    JavaCommand command =
        new JavaCommand(this, name, jdk.program("java"))
            .options("-Duser.home=" + userHome(), "-Djava.io.tmpdir=" + temporaryFolder())
            .options("-Xmx256m");
    return Artifacts.isFullTier() ? command : command.options("-XX:TieredStopAtLevel=1");
  }

  /** Another program of the JDK, or a script. */
  public JavaCommand program(String name, String program) {
    return new JavaCommand(this, name, program);
  }

  /** The sample shop with the agent on, at a port of its own. */
  public Child shop(Jdk jdk, String... options) {
    return java("shop", jdk)
        .agent()
        .options(options)
        .jar(Artifacts.shop())
        .arguments("--server.port=0")
        .start();
  }

  /** A collector that runs until it is stopped. */
  public Child collector(Jdk jdk) {
    return collector(jdk, home());
  }

  /** The same of another home, as another host has it. */
  public Child collector(Jdk jdk, Path home) {
    return java(COLLECTOR, jdk)
        .environment("ENGRAM_HOME", home.toString())
        .commandLine("collect")
        .start();
  }

  /** Ends every collector of this test, as an operator would. */
  public void stopCollectors() {
    children.stream()
        .filter(child -> child.isAlive() && child.name().equals(COLLECTOR))
        .forEach(Child::stop);
  }

  /** The memory through the command line. */
  public Memory memory(Jdk jdk) {
    return memory(jdk, home());
  }

  /** That of another home. */
  public Memory memory(Jdk jdk, Path home) {
    return new Memory(this, jdk, home);
  }

  Child start(String name, List<String> command, Map<String, String> environment, boolean mayTalk) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("ENGRAM_HOME", home().toString());
    builder.environment().putAll(environment);
    Child child = Child.start(name, builder);
    children.add(child);
    if (!mayTalk) {
      silent.add(child);
    }
    return child;
  }

  private void stopAll() {
    for (int i = children.size() - 1; i >= 0; i--) {
      if (children.get(i).isAlive()) {
        children.get(i).stop();
      }
    }
  }

  private void checkWhatEveryTestPromises() throws IOException {
    assertNothingRuns();
    assertQuiet();
    try (Stream<Path> files = Files.list(userHome())) {
      assertThat(files).as("files in the user's home").isEmpty();
    }
    if (booksKept && Files.isDirectory(home())) {
      memory(Jdks.running()).assertSettled();
    }
  }

  private void assertNothingRuns() {
    await("no process is left")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(Processes.mentioning(folder.toString())).isEmpty());
  }

  private void assertQuiet() {
    for (Child child : silent) {
      List<String> beyondStart =
          child.voice().stream().filter(line -> !START_LINE.matcher(line).find()).toList();
      assertThat(beyondStart)
          .as(() -> "what the agent said in\n" + child.describe())
          .allMatch(line -> expectedVoice.stream().anyMatch(it -> it.matcher(line).find()));
      assertThat(child.voice().size() - beyondStart.size())
          .as("start lines")
          .isLessThanOrEqualTo(1);
    }
  }

  private void describeAll() {
    silent.forEach(child -> System.out.println(child.describe()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
