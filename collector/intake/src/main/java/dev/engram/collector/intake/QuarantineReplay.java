package dev.engram.collector.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.MalformedRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrownStack;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Stores what is in quarantine, as far as this version and its store can. The instance that sent a
 * record is past that record's position, so the lines of a file are stored as an instance of their
 * own, named by what the file holds: killed and begun again, each is stored once. For the
 * collector's thread.
 */
final class QuarantineReplay {
  /** The attribute of an instance whose records were in quarantine: whose they were. */
  static final String OF = "engram.replay.of";

  private static final int AT_A_TIME = 1_000;

  private final Path home;
  private final Committer committer;
  private final StoreReader reader;
  private final Consumer<String> log;

  QuarantineReplay(Path home, Committer committer, StoreReader reader, Consumer<String> log) {
    this.home = home;
    this.committer = committer;
    this.reader = reader;
    this.log = log;
  }

  /** Goes through all that is in quarantine now. */
  Replayed all() throws IOException {
    Replayed all = Replayed.NOTHING;
    for (Path folder : Quarantined.entries(home.resolve(HomeLayout.QUARANTINE))) {
      Path records = folder.resolve(Quarantine.RECORDS);
      InstanceId original = id(folder);
      if (original != null && Files.isRegularFile(records)) {
        TrustedPaths.requireOwn(folder);
        TrustedPaths.requireOwn(records);
        all = all.and(new OfOne(original, records).replay());
      }
    }
    return all;
  }

  private static @Nullable InstanceId id(Path folder) {
    try {
      return new InstanceId(UUID.fromString(folder.getFileName().toString()));
    } catch (IllegalArgumentException other) {
      return null;
    }
  }

  /** The file of one instance. */
  private final class OfOne {
    private final InstanceId original;
    private final Path file;
    private final InstanceId replay;
    private final RowMapper mapper;
    private final Quarantine quarantine;
    private final ByteArrayOutputStream left = new ByteArrayOutputStream();
    private final List<Row> rows = new ArrayList<>();
    private final Set<Long> begun = new HashSet<>();
    private final Set<UUID> met = new HashSet<>();
    private Checkpoint checkpoint = Checkpoint.START;
    private long linesLeft;

    OfOne(InstanceId original, Path file) throws IOException {
      this.original = original;
      this.file = file;
      replay = new InstanceId(UUID.nameUUIDFromBytes(Files.readAllBytes(file)));
      KnownStacks stacks = new KnownStacks(original, reader);
      mapper = new RowMapper(replay, InAppFrames.of(List.of()), stacks);
      quarantine = new Quarantine(home, replay, log);
    }

    Replayed replay() throws IOException {
      try (BufferedReader lines = Quarantined.reader(file)) {
        long position = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          take(line, position++);
          commitIf(rows.size() == AT_A_TIME);
        }
      }
      commitIf(!rows.isEmpty());
      Replayed replayed = end();
      removeStored();
      return replayed.and(new Replayed(0, linesLeft));
    }

    /** A collector that was killed before its commit has kept the same record again. */
    private void take(String line, long position) {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      if (!met.add(UUID.nameUUIDFromBytes(bytes))) {
        return;
      }
      Row row = row(line, position);
      if (row == null) {
        linesLeft++;
        left.writeBytes(bytes);
      } else {
        rows.add(row);
      }
    }

    private @Nullable Row row(String text, long position) {
      try {
        QuarantinedLine line = QuarantinedLine.parse(text);
        if (line == null) {
          return null;
        }
        byte[] record = line.record();
        Row row = record == null ? line.row(replay, position) : mapped(record, position);
        return row == null || isEndAlone(row) ? null : withFrames(row);
      } catch (JsonProcessingException damaged) {
        return null;
      }
    }

    private @Nullable Row mapped(byte[] record, long position) {
      var decoded = RecordDecoder.decode(new UnsafeBuffer(record), 0, record.length);
      return decoded instanceof MalformedRecord ? null : mapper.map(position, decoded);
    }

    /** The store would only count it. */
    private boolean isEndAlone(Row row) {
      if (row instanceof BegunRow it) {
        begun.add(it.spanId());
      }
      return row instanceof EndedRow it && !begun.contains(it.spanId());
    }

    /** Frames that were sent once are known by their hash to the original instance alone. */
    private Row withFrames(Row row) {
      if (row instanceof ExceptionRow it) {
        return it.with(withFrames(it.stack()));
      }
      if (row instanceof ThrowCountRow it) {
        return new ThrowCountRow(
            it.position(),
            it.timeEpochNanos(),
            it.durationNanos(),
            it.site(),
            it.count(),
            it.low(),
            it.high(),
            withFrames(it.stack()));
      }
      return row;
    }

    private ThrownStack withFrames(ThrownStack it) {
      List<String> frames =
          it.stackHash() != 0 && it.frames().isEmpty()
              ? reader.frames(original, it.stackHash()).orElse(List.of())
              : it.frames();
      return new ThrownStack(
          it.type(),
          it.message(),
          it.stackHash(),
          frames,
          it.omittedFrames(),
          it.cause() == null ? null : withFrames(it.cause()),
          it.suppressed().stream().map(this::withFrames).toList());
    }

    private void commitIf(boolean due) {
      if (!due) {
        return;
      }
      if (checkpoint.equals(Checkpoint.START)) {
        committer.put(committer.call(writer -> description()));
      }
      long last = rows.get(rows.size() - 1).position();
      Checkpoint end = new Checkpoint(last, last + 1, 0);
      Batch batch = new Batch(replay, rows, end, rows.size(), 0, 0, Map.of());
      committer.commit(batch, checkpoint, quarantine);
      checkpoint = end;
      rows.clear();
    }

    /** As the original, but for how it went. */
    private Instance description() {
      Instance known =
          reader.instances().stream()
              .filter(instance -> instance.id().equals(original))
              .findFirst()
              .orElseGet(() -> new Instance(original, "", "", 0, 0, Map.of()));
      Map<String, Object> attributes = new HashMap<>(known.attributes());
      attributes.keySet().removeAll(List.of(Instance.END, Instance.DAMAGE));
      attributes.putIfAbsent(OF, original.toString());
      return new Instance(
          replay, known.service(), known.version(), known.startedEpochNanos(), 0, attributes);
    }

    private Replayed end() {
      if (checkpoint.equals(Checkpoint.START)) {
        return Replayed.NOTHING;
      }
      Accounting books = Objects.requireNonNull(reader.accounting().get(replay));
      long read = books.read();
      ProducerCounts counts = new ProducerCounts(read, read, Map.of(), 0, read, 0, 0);
      long started = description().startedEpochNanos();
      committer.run(writer -> writer.putCounters(replay, counts, new Period(started, started)));
      committer.end(replay, Math.max(1, started));
      committer.run(StoreWriter::sync);
      return new Replayed(read - books.rejected(), books.rejected());
    }

    private void removeStored() throws IOException {
      if (linesLeft > 0) {
        PrivateFiles.replace(file, left.toByteArray());
        return;
      }
      Files.delete(file);
      try {
        Files.delete(file.getParent());
      } catch (DirectoryNotEmptyException kept) {
        // Files that were kept whole stay.
      }
    }
  }
}
