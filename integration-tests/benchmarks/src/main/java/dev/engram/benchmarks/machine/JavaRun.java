package dev.engram.benchmarks.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A class of this module run in a JVM of its own, so that no arm profits from the one before. */
public final class JavaRun {
  private final Jdk jdk;
  private final Path folder;
  private final List<String> options;

  /**
   * @param folder in which the output is kept while it runs; must exist
   * @param options of the JVM, further to {@link #opens()}
   */
  public JavaRun(Jdk jdk, Path folder, List<String> options) {
    this.jdk = jdk;
    this.folder = folder;
    this.options = List.copyOf(options);
  }

  /** What Chronicle and Agrona reach into. */
  public static List<String> opens() {
    try (InputStream text = JavaRun.class.getResourceAsStream("opens.txt")) {
      if (text == null) {
        throw new IllegalStateException("opens.txt is missing: build the module with Maven");
      }
      String options = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(options.strip().split(" ", -1));
    } catch (IOException unreadable) {
      throw new IllegalStateException("opens.txt cannot be read", unreadable);
    }
  }

  /**
   * Runs the class's {@code main} to its end.
   *
   * @return the numbers it printed, separated by blanks, on the last line of its output
   * @throws IOException when it fails or takes longer than {@code limit}; says what it printed last
   */
  public double[] numbers(Class<?> main, List<String> arguments, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process =
        new ProcessBuilder(command(main, arguments))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(main.getSimpleName() + arguments + " took longer than " + limit);
      }
      if (process.exitValue() != 0) {
        throw new IOException(main.getSimpleName() + arguments + " failed: " + lastLine(errors));
      }
      return Arrays.stream(lastLine(output).split(" ", -1))
          .mapToDouble(Double::parseDouble)
          .toArray();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> command(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(opens());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  private static String lastLine(Path output) throws IOException {
    List<String> lines =
        Files.readAllLines(output).stream().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }
}
