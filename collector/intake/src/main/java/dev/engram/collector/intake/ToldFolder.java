package dev.engram.collector.intake;

import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.RecordEncoder;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.agent.record.ring.UntrustedPathException;
import dev.engram.collector.store.InstanceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a home where people leave records for its collector: each a file in the format of
 * records, named by a number that rises. Whoever writes, or looks what is there, holds its lock, so
 * that the files appear in the order of their numbers. The numbers are positions of one instance
 * that stands for all who tell; so a file that is taken twice is stored once.
 */
final class ToldFolder {
  private static final String LOCK = "lock";
  private static final String INSTANCE = "instance";
  private static final String NUMBER = "%019d";

  /** What a {@code long} holds, and a position can follow. */
  private static final String NUMBERS = "[0-8]" + "[0-9]".repeat(18);

  private static final int LONGEST = 64 << 10;

  /** The file's lock is the process's: its threads wait for one another here. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path path;

  ToldFolder(Path home) {
    path = home.resolve(HomeLayout.TOLD);
  }

  /** What is done under the lock. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Whether anything may have been left; without the lock. */
  boolean isEmpty() {
    return !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || unlocked().isEmpty();
  }

  /** Waits for whoever writes or looks now, which is not for long. */
  <T> T locked(Work<T> work) throws IOException {
    IN_THIS_PROCESS.lock();
    try (FileChannel channel = lockFile()) {
      channel.lock();
      return work.run();
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  /**
   * Null where somebody writes or looks now: one whose process was suspended does so for as long as
   * it is, and the collector has services to serve meanwhile.
   */
  <T> @Nullable T lockedUnlessBusy(Work<T> work) throws IOException {
    if (!IN_THIS_PROCESS.tryLock()) {
      return null;
    }
    try (FileChannel channel = lockFile()) {
      return channel.tryLock() == null ? null : work.run();
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private FileChannel lockFile() throws IOException {
    TrustedPaths.requireOwn(PrivateFiles.createFolders(path));
    Path file = path.resolve(LOCK);
    TrustedPaths.requireOwnIfPresent(file);
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PrivateFiles.FILE);
  }

  /**
   * Leaves a record; under the lock. It is on the disk when this returns.
   *
   * @param nowEpochNanos its number, or the next one after the last
   */
  Path leave(DecodedRecord record, long nowEpochNanos) throws IOException {
    long number = Math.max(nowEpochNanos, last() + 1);
    // First, or a number would be used again once its file was taken.
    replace(
        path.resolve("last"), String.format(NUMBER, number).getBytes(StandardCharsets.US_ASCII));
    Path file = path.resolve(String.format(NUMBER, number));
    replace(file, encoded(record));
    return file;
  }

  /** Who all that is told is stored for; under the lock. */
  InstanceId instance() throws IOException {
    Path file = path.resolve(INSTANCE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      replace(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    }
    TrustedPaths.requireOwn(file);
    try {
      return new InstanceId(UUID.fromString(Files.readString(file).strip()));
    } catch (IllegalArgumentException damaged) {
      throw new IOException(file + " is no UUID; remove it to have a new one made", damaged);
    }
  }

  /** The files that were left, by number; under the lock. */
  List<Path> files() {
    return unlocked();
  }

  /**
   * Makes sure that a file was left by this user.
   *
   * @throws UntrustedPathException when anybody else may have done it, or it is no file
   */
  static void requireOwn(Path file) throws IOException {
    TrustedPaths.requireOwn(file);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UntrustedPathException(file, "is no file");
    }
  }

  static long number(Path file) {
    return Long.parseLong(file.getFileName().toString());
  }

  /** Its bytes; cut where it is too long to be a record. */
  static byte[] read(Path file) throws IOException {
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(LONGEST);
    }
  }

  private List<Path> unlocked() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, NUMBERS)) {
      entries.forEach(files::add);
    } catch (IOException gone) {
      return List.of();
    }
    files.sort(null);
    return files;
  }

  private long last() throws IOException {
    Path file = path.resolve("last");
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    TrustedPaths.requireOwn(file);
    String text = Files.readString(file).strip();
    return text.matches(NUMBERS) ? Long.parseLong(text) : 0;
  }

  /** At once, and on the disk: a power cut must not take what somebody was told is remembered. */
  private static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PrivateFiles.FILE);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static byte[] encoded(DecodedRecord record) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    byte[] bytes = new byte[new RecordEncoder().encode(record, buffer, 0)];
    buffer.getBytes(0, bytes);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException("more than " + LONGEST + " bytes");
    }
    return bytes;
  }
}
