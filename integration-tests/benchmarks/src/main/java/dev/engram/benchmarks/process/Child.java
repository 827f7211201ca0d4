package dev.engram.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A process that is measured. It is gone at the latest when this is closed. */
final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String END_OF_OUTPUT = "(it ended)";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private Child(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a command.
   *
   * @param folder where it runs
   * @param home the memory home it is given
   */
  static Child start(Path folder, Path home, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.put("ENGRAM_HOME", home.toString());
    try {
      return new Child(builder.start());
    } catch (IOException impossible) {
      throw new UncheckedIOException(command + " could not be started", impossible);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Waits for the next line in which the pattern is found. */
  Matcher awaitLine(Pattern pattern) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      @Nullable String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(END_OF_OUTPUT)) {
        throw new IllegalStateException("no line has " + pattern + " in " + seen);
      }
      seen.add(line);
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
  }

  /** Closes what it reads: the end for those that wait for it. */
  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Asks it to stop, as an operator would, and waits. */
  void stop() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  /** Waits until it has ended by itself, and demands that it did so well. */
  void awaitSuccess() throws InterruptedException {
    int code = awaitEnd();
    if (code != 0) {
      lines.drainTo(seen);
      throw new IllegalStateException("exit code " + code + " after " + seen);
    }
  }

  private int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still there after " + PATIENCE + ": " + seen);
    }
    return process.exitValue();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException closed) {
      lines.add("(the stream broke: " + closed.getMessage() + ")");
    }
    lines.add(END_OF_OUTPUT);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
