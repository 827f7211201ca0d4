package dev.engram.collector.store.postgresql;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server of one test alone, which may crash and come back with what it had. */
final class OwnServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path data;
  private EmbeddedPostgres server;

  OwnServer(Path folder) {
    data = folder.resolve("data");
    server = start(0);
  }

  PostgresAddress address() {
    return new PostgresAddress(server.getJdbcUrl("postgres", "postgres"), null, null);
  }

  /** All its processes end at once, and leave everything as it is. */
  void crash() throws IOException, InterruptedException {
    long process =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    new ProcessBuilder("kill", "-QUIT", Long.toString(process)).start().waitFor();
    await().until(() -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
    server.close();
  }

  /** Again, where it was. */
  void start() {
    server = start(server.getPort());
  }

  private EmbeddedPostgres start(int port) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .setServerConfig("fsync", "off")
          .setServerConfig("max_connections", "100")
          .setPGStartupWait(PATIENCE)
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException("PostgreSQL does not start", failed);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
