package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.WriteResult;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {
  @TempDir Path home;
  private final InMemoryStore store = new InMemoryStore();
  private final InstanceId instance = new InstanceId(UUID.randomUUID());
  private final List<String> lines = new ArrayList<>();
  private final Trouble trouble = new Trouble(store.writer());

  @Test
  void unavailableStore_isTriedAgainUntilItWorks() {
    put();
    trouble.failures.add(new StoreException(Kind.UNAVAILABLE, "locked by a backup", null));
    trouble.failures.add(new StoreException(Kind.OVERLOADED, "busy", null));

    commit(batch(10));

    assertThat(store.reader().lifecycle(instance)).hasSize(10);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("locked by a backup");
    assertThat(lines.get(1)).contains("works again");
  }

  @Test
  void unavailableStore_isGivenUpWhenStopping() {
    put();
    trouble.failures.add(new StoreException(Kind.UNAVAILABLE, "locked", null));
    Committer stopping = new Committer(trouble, () -> true, lines::add);

    assertThatThrownBy(() -> stopping.commit(batch(1), Checkpoint.START, quarantine()))
        .isInstanceOf(StoreException.class)
        .hasMessage("locked");
  }

  @Test
  void corruptStore_isNotTriedAgain() {
    put();
    trouble.failures.add(new StoreException(Kind.CORRUPT, "run engram repair", null));

    assertThatThrownBy(() -> commit(batch(1)))
        .isInstanceOf(StoreException.class)
        .hasMessage("run engram repair");
    assertThat(trouble.calls).isEqualTo(1);
  }

  @Test
  void rowsTheStoreRefuses_areKeptInQuarantineAndTheOthersStored() throws IOException {
    put();
    trouble.poison = List.of(30L, 31L, 99L);

    commit(batch(100));

    assertThat(store.reader().lifecycle(instance)).hasSize(97);
    assertThat(store.writer().checkpoint(instance)).contains(new Checkpoint(99, 100, 0));
    assertThat(store.reader().accounting().get(instance))
        .satisfies(
            books -> {
              assertThat(books.read()).isEqualTo(100);
              assertThat(books.rejected()).isEqualTo(3);
              assertThat(books.stored()).isEqualTo(97);
              assertThat(books.decoded()).isEqualTo(100);
            });
    Path kept = home.resolve("quarantine").resolve(instance.toString()).resolve("records.jsonl");
    assertThat(Files.readAllLines(kept))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("\"LifecycleRow\"", "cannot be stored"));
  }

  @Test
  void batchesWithDecisionsNodesOrWhatBecameOfThem_areCounted_onceTheyAreWritten() {
    put();
    Committer committer = new Committer(trouble, () -> false, lines::add);
    committer.commit(batch(1), Checkpoint.START, quarantine());
    assertThat(committer.learned()).isZero();

    trouble.failures.add(new StoreException(Kind.CORRUPT, "run engram repair", null));
    OutcomeRow told = new OutcomeRow(1, 1, "decision", "", "11", "success", Double.NaN, null, null);
    Batch batch = new Batch(instance, List.of(told), new Checkpoint(1, 2, 0), 1, 0, 0, Map.of());
    assertThatThrownBy(() -> committer.commit(batch, Checkpoint.START, quarantine()))
        .isInstanceOf(StoreException.class);
    assertThat(committer.learned()).isZero();

    committer.commit(batch, Checkpoint.START, quarantine());
    assertThat(committer.learned()).isEqualTo(1);
  }

  @Test
  void batchesWithNewErrors_areCounted_andSuchWithKnownOnesAreNot() {
    put();
    Committer committer = new Committer(trouble, () -> false, lines::add);
    committer.commit(batch(1), Checkpoint.START, quarantine());
    assertThat(committer.erred()).isZero();

    committer.note(batchOf(error(2, 0x2a)));
    committer.note(batchOf(error(3, 0x2a)));
    assertThat(committer.erred()).isEqualTo(1);

    committer.note(batchOf(error(4, 0x2b)));
    KnowledgeRow known =
        new KnowledgeRow(5, 1, KnowledgeRow.SOLUTION, "S-1", "remedy", "wait", null);
    committer.note(batchOf(known));
    assertThat(committer.erred()).isEqualTo(3);
    assertThat(committer.attempted()).isZero();

    committer.note(
        batchOf(new KnowledgeRow(6, 1, KnowledgeRow.REMEDY, "R-1", "approve", "", null)));
    assertThat(committer.attempted()).as("a remedy may be tried").isEqualTo(1);
  }

  @Test
  void errorThatIsKnownOfOneService_isNewOfAnother_andNotOfTheNextProcessOfTheSame() {
    InstanceId next = new InstanceId(UUID.randomUUID());
    InstanceId other = new InstanceId(UUID.randomUUID());
    Committer committer = new Committer(trouble, () -> false, lines::add);
    committer.put(new Instance(instance, "shop", "", 1, 0, Map.of()));
    committer.note(batchOf(error(1, 0x2a)));
    committer.end(instance, 2);

    committer.put(new Instance(next, "shop", "", 3, 0, Map.of()));
    committer.note(batchOf(error(next, 1, 0x2a)));
    assertThat(committer.erred()).isEqualTo(1);

    committer.put(new Instance(other, "cart", "", 3, 0, Map.of()));
    committer.note(batchOf(error(other, 1, 0x2a)));
    assertThat(committer.erred()).isEqualTo(2);
  }

  private ExceptionRow error(long position, long fingerprint) {
    return error(instance, position, fingerprint);
  }

  private static ExceptionRow error(InstanceId instance, long position, long fingerprint) {
    ThrownStack stack = new ThrownStack("com.acme.Full", "full", 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        instance,
        position,
        1,
        TraceId.NONE,
        0,
        "escaped",
        "main",
        null,
        "com.acme.Full",
        "full",
        fingerprint,
        stack);
  }

  private Batch batchOf(Row row) {
    Checkpoint checkpoint = new Checkpoint(row.position(), row.position() + 1, 0);
    InstanceId of = row instanceof ExceptionRow exception ? exception.instance() : instance;
    return new Batch(of, List.of(row), checkpoint, 1, 0, 0, Map.of());
  }

  private void put() {
    store.writer().putInstance(new Instance(instance, "shop", "", 1, 0, Map.of()));
  }

  private void commit(Batch batch) {
    new Committer(trouble, () -> false, lines::add).commit(batch, Checkpoint.START, quarantine());
  }

  private Quarantine quarantine() {
    return new Quarantine(home, instance, line -> {});
  }

  private Batch batch(int rows) {
    List<Row> lifecycle =
        LongStream.range(0, rows)
            .<Row>mapToObj(at -> new LifecycleRow(at, at, "start", Map.of()))
            .toList();
    return new Batch(instance, lifecycle, new Checkpoint(rows - 1, rows, 0), rows, 0, 0, Map.of());
  }

  /** A writer that fails on demand, before a real one. */
  private static final class Trouble implements StoreWriter {
    final List<StoreException> failures = new ArrayList<>();
    List<Long> poison = List.of();
    int calls;
    private final StoreWriter writer;

    Trouble(StoreWriter writer) {
      this.writer = writer;
    }

    @Override
    public WriteResult write(Batch batch) {
      calls++;
      if (!failures.isEmpty()) {
        throw failures.remove(0);
      }
      if (batch.rows().stream().anyMatch(row -> poison.contains(row.position()))) {
        throw new IllegalArgumentException("cannot be stored");
      }
      return writer.write(batch);
    }

    @Override
    public void putInstance(Instance description) {
      writer.putInstance(description);
    }

    @Override
    public Optional<Checkpoint> checkpoint(InstanceId id) {
      return writer.checkpoint(id);
    }

    @Override
    public Removal removeOlder(Cutoff before) {
      return writer.removeOlder(before);
    }

    @Override
    public Removal removeOldest(long nowEpochNanos, long mostBytes) {
      return writer.removeOldest(nowEpochNanos, mostBytes);
    }

    @Override
    public Removal forget(Subject subject, boolean really) {
      return writer.forget(subject, really);
    }

    @Override
    public void compact() {
      writer.compact();
    }

    @Override
    public void putCounters(InstanceId id, ProducerCounts counts, Period sinceLast) {
      writer.putCounters(id, counts, sinceLast);
    }

    @Override
    public long closeInstance(InstanceId id, long endedEpochNanos) {
      return writer.closeInstance(id, endedEpochNanos);
    }

    @Override
    public void sync() {
      writer.sync();
    }
  }
}
