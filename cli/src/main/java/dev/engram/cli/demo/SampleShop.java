package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A version of the sample service as a process of its own, with the agent on, which heals. Whatever
 * way the demo ends, the process ends with it.
 */
final class SampleShop implements AutoCloseable {
  /** The name its records carry. */
  static final String SERVICE = "sample-shop";

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration PROBE = Duration.ofSeconds(2);
  private static final int LOG_LINES = 15;

  private final Process process;
  private final Path log;
  private final URI address;
  private final Thread onExit;

  private SampleShop(Process process, Path log, URI address) {
    this.process = process;
    this.log = log;
    this.address = address;
    this.onExit = new Thread(process::destroyForcibly, "engram-demo-exit");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /**
   * Starts it on a free port.
   *
   * @param folder for its log and its temporary files
   * @param settings of its own, as environment variables
   */
  static SampleShop start(
      Path shopJar,
      Path agentJar,
      Home home,
      Path folder,
      String version,
      Map<String, String> settings) {
    Path log = folder.resolve("shop-" + version + ".log");
    try {
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-javaagent:" + agentJar,
                  "-Djava.io.tmpdir=" + folder,
                  "-jar",
                  shopJar.toString(),
                  "--server.port=" + port,
                  "--server.address=127.0.0.1")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("ENGRAM_HOME", home.folder().toString());
      builder.environment().put("ENGRAM_SERVICE", SERVICE);
      builder.environment().put("ENGRAM_SERVICE_VERSION", version);
      builder.environment().put("ENGRAM_CAPTURE_USER_HEADER", Traffic.CUSTOMER);
      builder.environment().put("ENGRAM_HEAL", "auto");
      builder.environment().putAll(settings);
      return new SampleShop(builder.start(), log, URI.create("http://127.0.0.1:" + port));
    } catch (IOException impossible) {
      throw new CommandException("cannot start the sample shop: " + impossible, impossible);
    }
  }

  URI address() {
    return address;
  }

  /** Waits until it answers. */
  void awaitReady(HttpClient client) {
    HttpRequest probe =
        HttpRequest.newBuilder(address.resolve("/health")).timeout(PROBE).GET().build();
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw failed("the sample shop ended with exit code " + process.exitValue());
      }
      if (answers(client, probe)) {
        return;
      }
    }
    throw failed("the sample shop was not ready within " + START.toSeconds() + " s");
  }

  private boolean answers(HttpClient client, HttpRequest probe) {
    try {
      return client.send(probe, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      pause();
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the sample shop started", interrupted);
    }
  }

  private void pause() {
    try {
      process.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks it to stop as an operator would, and waits. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        throw failed("the sample shop did not stop within " + STOP.toSeconds() + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the sample shop stopped", interrupted);
    }
  }

  /** What went wrong, with the end of the shop's log on the lines below. */
  private CommandException failed(String what) {
    return new CommandException(what + "; its last words: " + lastWords());
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "none (" + unreadable + ")";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      // The hook is running already and does the same.
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
