package dev.engram.benchmarks.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** The sample service as a process. */
final class Shop implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Pattern READY = Pattern.compile("Started ShopApplication");

  private final Child process;
  private final Path home;
  private final long started = System.nanoTime();

  Shop(Child process, Path home) {
    this.process = process;
    this.home = home;
  }

  /** Waits until it takes requests. */
  ReadyShop awaitReady() throws InterruptedException {
    int port = Integer.parseInt(process.awaitLine(PORT).group(1));
    process.awaitLine(READY);
    Duration wall = Duration.ofNanos(System.nanoTime() - started);
    return new ReadyShop(port, wall, cpu(), memory());
  }

  /**
   * What starting took.
   *
   * @param wall from the start of the process
   * @param cpu user and system time
   */
  record ReadyShop(int port, Duration wall, Duration cpu, MemoryUse memory) {}

  Duration cpu() {
    return Proc.cpu(process.pid());
  }

  MemoryUse memory() {
    return Proc.memory(process.pid(), home);
  }

  void stop() throws InterruptedException {
    process.stop();
  }

  @Override
  public void close() {
    process.close();
  }
}
