package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Where what cannot be stored is kept: damaged files of one instance as they are, single records as
 * lines of JSON. A record may be there twice after a crash of the collector, never not at all;
 * beyond a limit records are only counted. Thread-safe.
 */
final class Quarantine {
  static final String RECORDS = "records.jsonl";
  private static final long MAX_RECORDS_BYTES = 64L << 20;

  private final Path all;
  private final Path folder;
  private final InstanceId instance;
  private final Consumer<String> log;
  private boolean told;
  private boolean full;

  Quarantine(Path home, InstanceId instance, Consumer<String> log) {
    this.all = home.resolve(HomeLayout.QUARANTINE);
    this.folder = all.resolve(instance.toString());
    this.instance = instance;
    this.log = log;
  }

  /**
   * Keeps a copy of the file, if it is there, with one line that says why. The file itself stays:
   * until its folder is gone, a collector that is killed must find everything again.
   */
  void keep(Path file, String why) throws IOException {
    String line = file + " " + why + ": what could be read is stored";
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Path target = create().resolve(file.getFileName());
      Files.copy(
          file,
          target,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES,
          LinkOption.NOFOLLOW_LINKS);
      line += ", the file is kept as " + target;
    }
    log.accept(line);
  }

  /** Keeps the bytes of something that is no record, or none this version knows. */
  void keep(long position, String reason, DirectBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    keep(QuarantinedLine.of(instance, position, reason, bytes));
  }

  /** Keeps a row that the store refuses. */
  void keep(Row row, String reason) {
    keep(QuarantinedLine.of(instance, row, reason));
  }

  private void keep(QuarantinedLine line) {
    try {
      append(line.toString(), line.reason());
    } catch (IOException e) {
      log.accept("cannot keep a refused record in " + folder + ": " + e.getMessage());
    }
  }

  private synchronized void append(String line, String reason) throws IOException {
    Path file = create().resolve(RECORDS);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(file, PrivateFiles.FILE);
    } else if (Files.size(file) > MAX_RECORDS_BYTES) {
      tellThatItIsFull(file);
      return;
    }
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    Files.write(
        file,
        bytes,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND,
        LinkOption.NOFOLLOW_LINKS);
    if (!told) {
      told = true;
      log.accept(
          "records that cannot be stored are kept in " + file + " (the first: " + reason + ")");
    }
  }

  private void tellThatItIsFull(Path file) {
    if (!full) {
      full = true;
      log.accept(file + " is full: more records that cannot be stored are counted, not kept");
    }
  }

  private Path create() throws IOException {
    TrustedPaths.requireOwnIfPresent(all);
    PrivateFiles.createFolders(folder);
    TrustedPaths.requireOwn(folder);
    return folder;
  }
}
