package dev.engram.agent.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one program of a JDK to its end. */
record ChildJvm(int exitCode, List<String> stdout, List<String> stderr) {
  private static final long PATIENCE_SECONDS = 120;

  /** The JDK that runs the tests. */
  static Path jdk() {
    return Path.of(System.getProperty("java.home"));
  }

  static String agent() {
    return System.getProperty("engram.agent.jar");
  }

  /**
   * @param scratch an empty folder for what it prints
   */
  static ChildJvm run(Path scratch, Path program, List<String> arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, "stdout", "");
    Path err = Files.createTempFile(scratch, "stderr", "");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end");
    }
    return new ChildJvm(process.exitValue(), lines(out), lines(err));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
