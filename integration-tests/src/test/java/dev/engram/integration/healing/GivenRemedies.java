package dev.engram.integration.healing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Remedies that a test puts in force itself, without anything that was learnt. An agent takes them
 * for a minute at most, so that they are written again and again, as a collector does.
 */
final class GivenRemedies implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Duration HOLDS = Duration.ofSeconds(50);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor();

  private GivenRemedies() {}

  /**
   * Those that make a call again, of a place that gave one of these answers, in a home where no
   * service has been yet; they hold until this is closed, and for most of a minute longer.
   */
  static GivenRemedies write(Path home, String place, List<Integer> statuses) throws IOException {
    Files.createDirectory(home, FOLDER);
    Path control = Files.createDirectory(home.resolve("control"), FOLDER);
    String remedies =
        statuses.stream().map(status -> remedy(place, status)).collect(Collectors.joining(", "));
    GivenRemedies given = new GivenRemedies();
    Runnable writing = () -> write(control, remedies);
    writing.run();
    given.again.scheduleAtFixedRate(
        writing, AGAIN.toSeconds(), AGAIN.toSeconds(), TimeUnit.SECONDS);
    return given;
  }

  private static void write(Path control, String remedies) {
    Instant now = Instant.now();
    String whole =
        "{\"serial\": %d, \"expires\": \"%s\", \"remedies\": [%s]}"
            .formatted(now.getEpochSecond(), now.plus(HOLDS), remedies);
    try {
      Path fresh = Files.createFile(control.resolve("fresh"), FILE);
      Files.writeString(fresh, whole);
      Files.move(fresh, control.resolve("remedies.json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns when nothing is written any more. */
  @Override
  public void close() {
    again.shutdown();
    try {
      if (!again.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new AssertionError("remedies are still being written");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static String remedy(String place, int status) {
    return ("{\"id\": \"R-%012x\", \"action\": \"retry %s\", \"fingerprint\": \"%x\","
            + " \"state\": \"active\", \"share\": 1, \"attempts\": 4, \"base_ms\": 20,"
            + " \"cap_ms\": 100}")
        .formatted(status, place, status);
  }
}
