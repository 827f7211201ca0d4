package dev.engram.integration.healing;

import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
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

/** Remedies that a test puts in force itself, without anything that was learnt. */
final class GivenRemedies {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Duration HOLDS = Duration.ofSeconds(50);

  private GivenRemedies() {}

  /** In a home where no service has been yet; they hold for most of a minute. */
  static void write(Path home, List<Remedy> remedies) throws IOException {
    Files.createDirectory(home, FOLDER);
    Path control = Files.createDirectory(home.resolve("control"), FOLDER);
    Instant now = Instant.now();
    Path file = Files.createFile(control.resolve("remedies.json"), FILE);
    Files.writeString(
        file, new Remedies(now.getEpochSecond(), now.plus(HOLDS), remedies).toJson());
  }

  /** One that is active for an answer with this status. */
  static Remedy retry(String place, int status) {
    String id = "R-%012x".formatted((long) place.hashCode() * 1_000 + status & 0xffffffffffffL);
    return new Remedy(id, Remedy.retry(place), status, Remedy.State.ACTIVE, 1, 4, 20, 100);
  }
}
