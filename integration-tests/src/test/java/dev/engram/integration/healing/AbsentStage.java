package dev.engram.integration.healing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Another service that cannot be reached for a while: nothing listens at its port, or nobody knows
 * its name. Its attempts are not seen, so it lasts as {@link TimedStage#millis} says.
 */
final class AbsentStage implements Stage {
  private final FaultyPeer peer = new FaultyPeer();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final String host;
  private final Absence absence;
  private int others;

  /** Makes it absent, or present again. */
  private interface Absence {
    void absent(FaultyPeer peer, boolean absent) throws IOException;
  }

  private AbsentStage(String host, Absence absence) throws IOException {
    this.host = host;
    this.absence = absence;
    absence.absent(peer, false);
  }

  static AbsentStage unbound() throws IOException {
    return new AbsentStage(
        "127.0.0.1",
        (peer, absent) -> {
          if (absent) {
            peer.unbind();
          } else {
            peer.bind();
          }
        });
  }

  /**
   * @param hosts the file that the service takes names from
   */
  static AbsentStage unnamed(Path hosts) throws IOException {
    return new AbsentStage(
        "prices.test", (peer, absent) -> write(hosts, absent ? "" : "127.0.0.1 prices.test\n"));
  }

  private static void write(Path hosts, String names) throws IOException {
    Path fresh = hosts.resolveSibling(hosts.getFileName() + ".new");
    Files.writeString(fresh, "127.0.0.1 localhost\n" + names);
    Files.move(fresh, hosts, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String event(int number, Episode episode) throws IOException {
    absence.absent(peer, true);
    later.schedule(this::present, TimedStage.millis(episode), TimeUnit.MILLISECONDS);
    return request("/event/" + number);
  }

  private void present() {
    try {
      absence.absent(peer, false);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  @Override
  public String other() {
    return request("/other/" + ++others);
  }

  @Override
  public String place() {
    return "http " + host + ":" + peer.port();
  }

  @Override
  public int asked() {
    return peer.requests();
  }

  @Override
  public void close() throws IOException {
    later.shutdownNow();
    peer.close();
  }

  private String request(String path) {
    return "/get?http://" + host + ":" + peer.port() + path;
  }
}
