package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.record.LifecycleRecord;
import dev.engram.agent.record.ring.UntrustedPathException;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineReplayTest {
  @TempDir private Path folder;

  private final InMemoryStore store = new InMemoryStore();
  private final InstanceId original = new InstanceId(UUID.randomUUID());
  private final List<String> lines = new ArrayList<>();
  private Path home;
  private Path records;
  private Collector collector;
  private Quarantine quarantine;

  @BeforeEach
  void open() throws IOException {
    home = folder.resolve("home");
    collector = Collector.open(home, Set.of(), store, lines::add);
    records = home.resolve("quarantine").resolve(original.toString()).resolve("records.jsonl");
    quarantine = new Quarantine(home, original, line -> {});
    store
        .writer()
        .putInstance(
            new Instance(original, "shop", "1.2", 7, 9, Map.of(Instance.END, Instance.END_KILLED)));
  }

  @AfterEach
  void close() {
    collector.close();
    store.close();
  }

  @Test
  void rowsAndRecords_areStoredOnce_andTheirFolderIsGone() throws IOException {
    quarantine.keep(lifecycle(30), "refused");
    keep(TestRecords.bytes(new LifecycleRecord(2, "started", Map.of("k", "v"))), "unknown");
    byte[] before = Files.readAllBytes(records);

    assertThat(collector.replay()).isEqualTo(new Replayed(2, 0));

    assertThat(records.getParent()).doesNotExist();
    Instance replay = replays().get(0);
    assertThat(replay.service()).isEqualTo("shop");
    assertThat(replay.version()).isEqualTo("1.2");
    assertThat(replay.endedEpochNanos()).isEqualTo(7);
    assertThat(replay.attributes()).doesNotContainKey(Instance.END);
    assertThat(store.reader().lifecycle(replay.id()))
        .extracting(LifecycleRow::event)
        .containsExactly("event 30", "started");
    assertThat(store.reader().accounting().get(replay.id()).stored()).isEqualTo(2);

    // As if it had been killed before the file was removed.
    Files.createDirectories(records.getParent());
    Files.write(records, before);
    assertThat(collector.replay()).isEqualTo(new Replayed(2, 0));
    assertThat(replays()).hasSize(1);
    assertThat(store.reader().lifecycle(replay.id())).hasSize(2);
    assertThat(records).doesNotExist();
  }

  /** A collector that is killed before its commit reads the record again. */
  @Test
  void recordThatWasKeptTwice_isStoredOnce() throws IOException {
    byte[] started = TestRecords.bytes(new LifecycleRecord(2, "started", Map.of()));
    keep(started, "unknown");
    quarantine.keep(lifecycle(30), "refused");
    keep(new byte[] {1, 2, 3}, "no record");
    keep(started, "unknown");
    quarantine.keep(lifecycle(30), "refused");
    keep(new byte[] {1, 2, 3}, "no record");

    assertThat(collector.replay()).isEqualTo(new Replayed(2, 1));

    assertThat(Files.readAllLines(records)).hasSize(1);
    assertThat(store.reader().lifecycle(replays().get(0).id())).hasSize(2);
  }

  @Test
  void quarantineThatIsFull_saysSoOnce() throws IOException {
    keep(new byte[] {1, 2, 3}, "no record");
    try (RandomAccessFile file = new RandomAccessFile(records.toFile(), "rw")) {
      file.setLength((64L << 20) + 1);
    }
    Quarantine full = new Quarantine(home, original, lines::add);

    full.keep(lifecycle(1), "refused");
    full.keep(lifecycle(2), "refused");

    assertThat(lines)
        .containsExactly(
            records + " is full: more records that cannot be stored are counted, not kept");
    assertThat(records).hasSize((64L << 20) + 1);
  }

  @Test
  void whatStillCannotBeStored_stays() throws IOException {
    keep(new byte[] {1, 2, 3}, "no record");
    quarantine.keep(lifecycle(1), "refused");
    quarantine.keep(new EndedRow(2, 77, 5, 5, "ok"), "its begin is not here");
    Files.writeString(records, Files.readString(records) + "no JSON\n");
    List<String> before = Files.readAllLines(records);

    assertThat(collector.replay()).isEqualTo(new Replayed(1, 3));

    assertThat(Files.readAllLines(records))
        .containsExactly(before.get(0), before.get(2), before.get(3));
    assertThat(collector.replay()).isEqualTo(new Replayed(0, 3));
    assertThat(replays()).as("nothing came of the second look").hasSize(1);
  }

  @Test
  void beginAndEnd_areOneSpan() throws IOException {
    TraceId trace = new TraceId(1, 2);
    quarantine.keep(new BegunRow(1, trace, 77, 0, "SERVER", "http", "GET /", 5, Map.of()), "r");
    quarantine.keep(new EndedRow(2, 77, 8, 3, "ok"), "refused");

    assertThat(collector.replay()).isEqualTo(new Replayed(2, 0));

    assertThat(store.reader().spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 0)))
        .singleElement()
        .satisfies(span -> assertThat(span.row().status()).isEqualTo("ok"))
        .extracting(StoredSpan::service)
        .isEqualTo("shop");
  }

  @Test
  void exception_hasTheFramesThatItsInstanceSentBefore() throws IOException {
    List<String> frames = List.of("com.acme.Shop.buy(Shop.java:7)");
    write(exception(0, thrown(frames)));
    quarantine.keep(exception(1, thrown(List.of())), "refused");

    collector.replay();

    assertThat(store.reader().exceptions(new ExceptionFilter(0, 0, null, 0, null, 0)))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.row().stack().frames()).isEqualTo(frames));
  }

  @Test
  void manyRows_areStoredInParts_theRefusedOnesKeptAgain() throws IOException {
    for (int i = 0; i < 2_500; i++) {
      quarantine.keep(lifecycle(i), "refused");
    }

    assertThat(collector.replay()).isEqualTo(new Replayed(2_500, 0));
    assertThat(store.reader().lifecycle(replays().get(0).id())).hasSize(2_500);
  }

  @Test
  void quarantineThatOthersMayWrite_isRefused() throws IOException {
    quarantine.keep(lifecycle(1), "refused");
    Files.setPosixFilePermissions(records, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> collector.replay()).isInstanceOf(UntrustedPathException.class);
    assertThat(records).exists();
  }

  @Test
  void list_saysWhatIsThereAndWhy() throws IOException {
    assertThat(Quarantined.in(home)).isEmpty();
    quarantine.keep(lifecycle(1), "refused");
    quarantine.keep(lifecycle(2), "refused");
    keep(new byte[] {1}, "no record");
    Path damaged = Files.writeString(records.resolveSibling("instance.json"), "{");
    Path told = Files.writeString(home.resolve("quarantine/told-1"), "x");

    assertThat(Quarantined.in(home))
        .containsExactlyInAnyOrder(
            new Quarantined(
                original.toString(), Map.of("refused", 2L, "no record", 1L), List.of(damaged)),
            new Quarantined("told-1", Map.of(), List.of(told)));

    assertThat(collector.replay()).isEqualTo(new Replayed(2, 1));
    assertThat(damaged).exists();
  }

  private List<Instance> replays() {
    return store.reader().instances().stream()
        .filter(it -> original.toString().equals(it.attributes().get(QuarantineReplay.OF)))
        .toList();
  }

  private void keep(byte[] record, String reason) {
    quarantine.keep(5, reason, new UnsafeBuffer(record), 0, record.length);
  }

  private void write(Row row) {
    Checkpoint end = new Checkpoint(row.position(), 1, 0);
    store.writer().write(new Batch(original, List.of(row), end, 1, 0, 0, Map.of()));
  }

  private static LifecycleRow lifecycle(long position) {
    return new LifecycleRow(position, 1, "event " + position, Map.of());
  }

  private static ThrownStack thrown(List<String> frames) {
    return new ThrownStack("T", "m", 99, frames, 0, null, List.of());
  }

  private ExceptionRow exception(long position, ThrownStack stack) {
    return new ExceptionRow(
        original, position, 1, TraceId.NONE, 0, "escaped", "main", null, "T", "m", 5, stack);
  }
}
