package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link ServiceUnderTest}. */
final class ServiceProcess implements AutoCloseable {
  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.lang.reflect",
          "java.io",
          "java.util",
          "java.nio",
          "sun.nio.ch",
          "jdk.internal.misc",
          "jdk.internal.ref");

  private final Process process;
  private final Path output;
  private final Path progress;

  ServiceProcess(Path home, Path scratch, int ringCapacity, long diskFloor, int threads)
      throws IOException {
    output = scratch.resolve("output.txt");
    progress = scratch.resolve("progress");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    OPENS.forEach(p -> command.add("--add-opens=java.base/" + p + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ServiceUnderTest.class.getName());
    command.addAll(List.of(home.toString(), progress.toString()));
    command.addAll(List.of("" + ringCapacity, "" + diskFloor, "" + threads));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Ends it as a service ends; its exit code. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it printed, both streams. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** How many records each thread knows to be accepted. */
  List<Long> accepted() throws IOException {
    ByteBuffer counts =
        ByteBuffer.wrap(Files.readAllBytes(progress)).order(ByteOrder.nativeOrder());
    List<Long> accepted = new ArrayList<>();
    while (counts.hasRemaining()) {
      accepted.add(counts.getLong());
    }
    return accepted;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
