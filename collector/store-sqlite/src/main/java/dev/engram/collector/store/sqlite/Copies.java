package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies a store into one file of its own, and back. Stateless. */
final class Copies {
  private static final List<String> BESIDE = List.of("", "-wal", "-shm");

  private Copies() {}

  /**
   * Writes the state of this moment into a new file, while others go on to write the store, and
   * looks whether it is sound.
   */
  static void write(DatabaseFile file, Path target) {
    if (Files.exists(target)) {
      throw unavailable(target + " is there already: name another file, or remove it", null);
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".new");
    try {
      Files.deleteIfExists(unfinished);
      PrivateFiles.createFile(unfinished);
      writeInto(unfinished, file);
      requireSound(file.other(unfinished));
      force(unfinished);
      Files.move(unfinished, target);
    } catch (IOException impossible) {
      throw unavailable(
          "cannot write " + target + " (" + impossible + "): choose another place", impossible);
    } finally {
      removeQuietly(unfinished);
    }
  }

  private static void writeInto(Path unfinished, DatabaseFile file) {
    try (Connection connection = file.openForReading();
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, unfinished.toString());
      copy.executeUpdate();
    } catch (SQLException failure) {
      throw Failures.of(failure, unfinished);
    }
  }

  /**
   * Puts a copy in the place of the store, which is kept in a folder beside it; nobody may use the
   * store meanwhile.
   *
   * @return where the former store is now; empty where there was none
   */
  static Optional<Path> restore(Path copy, DatabaseFile file, String aside) {
    requireSound(file.other(copy));
    Path target = file.path();
    Path unfinished = target.resolveSibling(target.getFileName() + ".new");
    try {
      PrivateFiles.createFolders(target.resolveSibling("lib"));
      Files.deleteIfExists(unfinished);
      PrivateFiles.createFile(unfinished);
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        Files.copy(copy, out);
      }
      force(unfinished);
      Optional<Path> kept =
          Files.exists(target) ? Optional.of(keep(target, aside)) : Optional.empty();
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      return kept;
    } catch (IOException impossible) {
      throw unavailable(
          "cannot put "
              + copy
              + " in place ("
              + impossible
              + "): the store is as it was, or in "
              + aside,
          impossible);
    } finally {
      removeQuietly(unfinished);
    }
  }

  private static Path keep(Path target, String aside) throws IOException {
    Path folder = target.resolveSibling(aside);
    PrivateFiles.createFolders(folder);
    for (String end : BESIDE) {
      Path each = Path.of(target + end);
      if (Files.exists(each)) {
        Files.move(each, folder.resolve(each.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return folder;
  }

  private static void requireSound(DatabaseFile copy) {
    if (!Files.isRegularFile(copy.path())) {
      throw unavailable(copy.path() + " is no file", null);
    }
    try (Connection connection = copy.openToInspect()) {
      List<String> problems = Soundness.problems(connection);
      if (!problems.isEmpty()) {
        throw new StoreException(
            Kind.CORRUPT, copy.path() + " is damaged (" + problems.get(0) + "): use another", null);
      }
    } catch (SQLException failure) {
      throw Failures.of(failure, copy.path());
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void removeQuietly(Path unfinished) {
    try {
      for (String end : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(Path.of(unfinished + end));
      }
    } catch (IOException ignored) {
      // What led here is the failure to report.
    }
  }

  private static StoreException unavailable(String message, @Nullable Exception cause) {
    return new StoreException(Kind.UNAVAILABLE, message, cause);
  }
}
