package dev.engram.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process that a test started, with all that it printed. Thread-safe. */
public final class Child {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final String name;
  private final Process process;
  private final List<String> out = Collections.synchronizedList(new ArrayList<>());
  private final List<String> err = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> readers;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.readers =
        List.of(collect(process.getInputStream(), out), collect(process.getErrorStream(), err));
  }

  static Child start(String name, ProcessBuilder command) {
    try {
      Process process = command.start();
      process.getOutputStream().close();
      return new Child(name, process);
    } catch (IOException failed) {
      throw new UncheckedIOException(name + " could not be started", failed);
    }
  }

  public String name() {
    return name;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The lines on standard output so far. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** The lines on standard error so far. */
  public List<String> err() {
    return List.copyOf(err);
  }

  /** The lines on standard error that the agent or the command line wrote. */
  public List<String> voice() {
    return err().stream().filter(line -> line.startsWith("engram:")).toList();
  }

  /**
   * Waits for a line on either stream that the pattern finds; fails when the process ends first.
   */
  public Matcher awaitLine(Pattern pattern) {
    await(name + " prints " + pattern).atMost(PATIENCE).until(() -> !isAlive() || anyLine(pattern));
    if (!anyLine(pattern)) {
      awaitExit();
    }
    assertThat(anyLine(pattern)).as(() -> name + " prints " + pattern + "\n" + describe()).isTrue();
    return lines()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .findFirst()
        .orElseThrow(AssertionError::new);
  }

  /** Waits until it printed this line so many times. */
  public void awaitLines(String line, int count) {
    await(name + " prints " + line)
        .atMost(PATIENCE)
        .until(() -> Collections.frequency(out(), line) >= count);
  }

  /** Waits for the end; all output is there afterwards. */
  public int awaitExit() {
    return awaitExit(PATIENCE);
  }

  public int awaitExit(Duration patience) {
    try {
      assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
          .as(() -> name + " ends within " + patience + "\n" + describe())
          .isTrue();
      for (Thread reader : readers) {
        reader.join(patience.toMillis());
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(name + " was interrupted while ending", interrupted);
    }
    return process.exitValue();
  }

  /** Asks it to stop, as an operator would, and waits. One that is suspended goes on for it. */
  public int stop() {
    resume();
    process.destroy();
    return awaitExit();
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Lets it run for so long at most, then {@code kill -9}. */
  public void killAfter(Duration life) {
    try {
      process.waitFor(life.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(name + " was not killed", interrupted);
    }
    kill();
  }

  /** {@code SIGSTOP}: all its threads stand still, and it keeps its files and locks. */
  public void suspend() {
    signal("STOP");
  }

  /** {@code SIGCONT}. */
  public void resume() {
    signal("CONT");
  }

  /** What a failing test shows. */
  public String describe() {
    return name
        + (isAlive() ? " (running)" : " (exit code " + process.exitValue() + ")")
        + "\n--- out\n"
        + String.join("\n", out())
        + "\n--- err\n"
        + String.join("\n", err());
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
      assertThat(kill.waitFor()).as("kill -%s of %s", signal, name).isZero();
    } catch (IOException | InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private boolean anyLine(Pattern pattern) {
    return lines().anyMatch(line -> pattern.matcher(line).find());
  }

  private Stream<String> lines() {
    return Stream.concat(out().stream(), err().stream());
  }

  private Thread collect(InputStream stream, List<String> lines) {
    Thread reader = new Thread(() -> copy(stream, lines), name + " output");
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  private static void copy(InputStream stream, List<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException closed) {
      lines.add("(the stream broke: " + closed.getMessage() + ")");
    }
  }
}
