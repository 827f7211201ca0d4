package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** One run of a {@link ServiceProcess}, from outside. Its name is its own. */
final class ServiceLife {
  final String service;
  private final Process process;
  private final Path output;
  private final long last;
  private boolean killed;

  ServiceLife(ChildJvms jvms, Path home, Path output, long last, long pauseMillis)
      throws IOException {
    this.output = output;
    this.last = last;
    service = output.getFileName().toString();
    process =
        jvms.start(
            Redirect.to(output.toFile()),
            ServiceProcess.class,
            home.toString(),
            service,
            Long.toString(last),
            Long.toString(pauseMillis));
  }

  boolean isRunning() {
    return process.isAlive();
  }

  void kill() throws InterruptedException {
    killed |= process.isAlive();
    process.destroyForcibly().waitFor();
  }

  /** Waits until it recorded all that it has to. */
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** The last id that it surely recorded; 0 when it came to none. */
  long committed() throws IOException {
    if (killed) {
      return printed();
    }
    assertThat(process.exitValue()).as("exit code of " + service).isZero();
    return last;
  }

  /** The last id that it said it has recorded, so far. */
  long printed() throws IOException {
    String text = Files.readString(output);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return whole.lines().mapToLong(Long::parseLong).max().orElse(0);
  }
}
