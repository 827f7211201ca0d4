package dev.engram.agent.core.home;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may do what with files in the memory home: their owner alone. */
final class Modes {
  static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");
  static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");

  private Modes() {}

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
