package dev.engram.integration.healing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Remedies that a test puts in force itself, without anything that was learnt. */
final class GivenRemedies {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Duration HOLDS = Duration.ofSeconds(50);

  private GivenRemedies() {}

  /**
   * Those that make a call again, of a place that gave one of these answers, in a home where no
   * service has been yet; they hold for most of a minute.
   */
  static void write(Path home, String place, List<Integer> statuses) throws IOException {
    Files.createDirectory(home, FOLDER);
    Path control = Files.createDirectory(home.resolve("control"), FOLDER);
    Path file = Files.createFile(control.resolve("remedies.json"), FILE);
    Instant now = Instant.now();
    Files.writeString(
        file,
        "{\"serial\": %d, \"expires\": \"%s\", \"remedies\": [%s]}"
            .formatted(
                now.getEpochSecond(),
                now.plus(HOLDS),
                statuses.stream()
                    .map(status -> remedy(place, status))
                    .collect(Collectors.joining(", "))));
  }

  private static String remedy(String place, int status) {
    return ("{\"id\": \"R-%012x\", \"action\": \"retry %s\", \"fingerprint\": \"%x\","
            + " \"state\": \"active\", \"share\": 1, \"attempts\": 4, \"base_ms\": 20,"
            + " \"cap_ms\": 100}")
        .formatted(status, place, status);
  }
}
