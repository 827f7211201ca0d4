package dev.engram.collector.intake;

import dev.engram.agent.record.DecisionRecord;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.FeedbackRecord;
import dev.engram.agent.record.OutcomeRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.UntrustedPathException;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Stores what people told, each once. For the collector's thread. */
final class ToldIntake {
  /** What all that was told is shown as. */
  static final String SERVICE = "engram";

  /** Only people say such: from a service it is feedback on something unknown. */
  private static final Set<String> KNOWLEDGE =
      Set.of(KnowledgeRow.ERROR, KnowledgeRow.SOLUTION, KnowledgeRow.REMEDY);

  private static final int AT_A_TIME = 1_000;

  private final Path home;
  private final ToldFolder folder;
  private final Committer committer;
  private final StoreReader reader;
  private final Consumer<String> log;

  /** What is not taken and could not be moved away; it was said of each. */
  private final Set<Path> left = new HashSet<>();

  /** What is wrong with the folder, as it was said; null while nothing is. */
  private @Nullable String trouble;

  ToldIntake(Path home, Committer committer, StoreReader reader, Consumer<String> log) {
    this.home = home;
    this.folder = new ToldFolder(home);
    this.committer = committer;
    this.reader = reader;
    this.log = log;
  }

  /** What there is to take, and for whom it is stored. */
  private record Seen(List<Path> files, InstanceId instance) {}

  /** How the folder is locked for a look. */
  private interface Lock {
    @Nullable Seen look(ToldFolder.Work<Seen> look) throws IOException;
  }

  /** Takes everything there is now. What cannot be read waits, with one line. */
  void take() {
    take(folder::locked);
  }

  /** The same; where somebody writes now, it is for the next time. */
  void takeUnlessBusy() {
    take(folder::lockedUnlessBusy);
  }

  private void take(Lock lock) {
    try {
      while (!folder.isEmpty() && takeSome(lock) == AT_A_TIME) {}
      trouble = null;
    } catch (IOException unreadable) {
      sayOnce(unreadable.toString());
    }
  }

  private void sayOnce(String reason) {
    if (!reason.equals(trouble)) {
      trouble = reason;
      log.accept(
          "what was told in "
              + home.resolve(HomeLayout.TOLD)
              + " cannot be read now ("
              + reason
              + "); it is tried again");
    }
  }

  /** A file is removed only when the store holds it for good; one that is taken twice is known. */
  private int takeSome(Lock lock) throws IOException {
    // Locked no longer than for a look: while the store is away, people can still tell. What comes
    // later has a higher number.
    Seen seen = lock.look(() -> new Seen(folder.files(), folder.instance()));
    List<Path> own = seen == null ? List.of() : own(seen.files());
    if (seen == null || own.isEmpty()) {
      return 0;
    }
    List<Path> files = own.subList(0, Math.min(AT_A_TIME, own.size()));
    storeAll(seen.instance(), files);
    return files.size();
  }

  /** What the store refuses is found out one by one, and set aside. */
  private void storeAll(InstanceId instance, List<Path> files) throws IOException {
    try {
      storeTogether(instance, files);
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException refused) {
      if (files.size() == 1) {
        setAside(files.get(0), "is refused by the store (" + refused.getMessage() + ")");
        return;
      }
      for (Path file : files) {
        storeAll(instance, List.of(file));
      }
    }
  }

  private void storeTogether(InstanceId instance, List<Path> files) throws IOException {
    List<Row> rows = new ArrayList<>();
    Set<Path> malformed = new HashSet<>();
    for (Path file : files) {
      Row row = row(file);
      if (row == null) {
        malformed.add(file);
      } else {
        rows.add(row);
      }
    }
    long last = ToldFolder.number(files.get(files.size() - 1));
    Period told = new Period(Math.min(ToldFolder.number(files.get(0)), last), last);
    store(instance, told, rows, files.size());
    for (Path file : files) {
      if (malformed.contains(file)) {
        setAside(file, "is no outcome, feedback or decision");
      } else {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Without those that somebody else may have left, which keep nothing else back. */
  private List<Path> own(List<Path> files) throws IOException {
    List<Path> own = new ArrayList<>();
    for (Path file : files) {
      try {
        ToldFolder.requireOwn(file);
        own.add(file);
      } catch (UntrustedPathException foreign) {
        setAside(file, foreign.problem());
      }
    }
    return own;
  }

  /** One line each, also for one that cannot be moved and lies here for ever. */
  private void setAside(Path file, String why) throws IOException {
    Path kept =
        PrivateFiles.createFolders(home.resolve(HomeLayout.QUARANTINE))
            .resolve(HomeLayout.TOLD + "-" + file.getFileName());
    try {
      Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      log.accept(file + " " + why + "; it is kept as " + kept);
    } catch (IOException immovable) {
      if (left.add(file)) {
        log.accept(file + " " + why + "; it is not taken");
      }
    }
  }

  private void store(InstanceId instance, Period told, List<Row> rows, int read) {
    Checkpoint end = new Checkpoint(told.untilEpochNanos(), told.untilEpochNanos(), 0);
    Batch batch = new Batch(instance, rows, end, read, (long) read - rows.size(), 0, Map.of());
    committer.run(
        writer -> {
          if (writer.checkpoint(instance).isEmpty()) {
            writer.putInstance(
                new Instance(instance, SERVICE, "", told.sinceEpochNanos(), 0, Map.of()));
          }
          writer.write(batch);
          count(writer, instance, told);
          writer.closeInstance(instance, told.untilEpochNanos());
          writer.sync();
        });
    committer.note(batch);
  }

  /** There is no ring that could hold more than was read. */
  private void count(StoreWriter writer, InstanceId instance, Period told) {
    Accounting books = reader.accounting().get(instance);
    long all = books == null ? 0 : books.read();
    writer.putCounters(instance, new ProducerCounts(all, all, Map.of(), 0, all, 0, 0), told);
  }

  /** Null when it is no record of this kind. */
  private static @Nullable Row row(Path file) throws IOException {
    byte[] bytes = ToldFolder.read(file);
    DecodedRecord record = RecordDecoder.decode(new UnsafeBuffer(bytes), 0, bytes.length);
    long position = ToldFolder.number(file);
    if (record instanceof OutcomeRecord outcome) {
      return RowMapper.outcome(position, outcome);
    }
    if (record instanceof DecisionRecord decision) {
      return RowMapper.decision(position, decision);
    }
    if (record instanceof FeedbackRecord feedback) {
      return KNOWLEDGE.contains(feedback.target())
          ? RowMapper.knowledge(position, feedback)
          : RowMapper.feedback(position, feedback);
    }
    return null;
  }
}
