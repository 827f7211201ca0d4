package dev.engram.collector.analysis.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Symptom;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownSolutionsTest {
  private static final InstanceId SHOP = new InstanceId(new UUID(1, 2));
  private static final InstanceId OFFICE = new InstanceId(new UUID(1, 3));
  private static final long FULL = 0x2a;
  private static final long EMPTY = 0x2b;

  private final InMemoryStore store = new InMemoryStore();
  private long position;

  @BeforeEach
  void putInstances() {
    store.writer().putInstance(new Instance(SHOP, "shop", "1", 0, 0, Map.of()));
    store.writer().putInstance(new Instance(OFFICE, "office", "1", 0, 0, Map.of()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void errorsOfAService_areThere_latestFirst_withWhatIsKnownAgainstThem() {
    write(SHOP, error(SHOP, FULL, 10), error(SHOP, EMPTY, 20));
    write(OFFICE, error(OFFICE, 0x2c, 30));

    assertThat(known(shipped("S-full", "com.acme.Error42"), shipped("S-empty", "com.acme.Error43")))
        .containsExactly("shop: 2b S-empty", "shop: 2a S-full");
  }

  @Test
  void whatIsKnownAgainstACause_isAgainstItsError() {
    ThrownStack cause = new ThrownStack("com.acme.Cause", null, 0, List.of(), 0, null, List.of());
    write(SHOP, error(SHOP, FULL, 10, cause));

    assertThat(known(shipped("S-cause", "com.acme.Cause"))).containsExactly("shop: 2a S-cause");
  }

  @Test
  void whatPeopleWroteAgainstAGroup_isAgainstWhatWasMergedIntoIt_andThreeAreEnough() {
    write(
        SHOP,
        error(SHOP, FULL, 10),
        said(KnowledgeRow.SOLUTION, "S-own", "remedy", "buy boxes"),
        said(KnowledgeRow.SOLUTION, "S-own", "error", "000000000000002b"),
        said(KnowledgeRow.ERROR, "000000000000002a", "merged", "000000000000002b"));

    assertThat(
            known(
                shipped("S-1", "com.acme.Error42"),
                shipped("S-2", "com.acme.Error42"),
                shipped("S-3", "com.acme.Error42")))
        .containsExactly("shop: 2a S-own", "shop: 2a S-1", "shop: 2a S-2");
  }

  @Test
  void errorsThatWereNotSeenSince_areLeftOut() {
    write(SHOP, error(SHOP, FULL, 10));

    assertThat(
            KnownSolutions.of(
                store.reader(), () -> List.of(shipped("S-1", "com.acme.Error42")), 11))
        .isEmpty();
  }

  private List<String> known(Solution... catalogue) {
    return KnownSolutions.of(store.reader(), () -> List.of(catalogue), 0).stream()
        .map(
            it ->
                it.service()
                    + ": "
                    + Long.toHexString(it.error().fingerprint())
                    + " "
                    + it.solution().id())
        .toList();
  }

  private static Solution shipped(String id, String type) {
    Symptom symptom = new Symptom(0, List.of(type), List.of());
    return new Solution(id, symptom, null, "wait", null, null, 0, new Proportion(0, 0), 0, null);
  }

  private ExceptionRow error(InstanceId instance, long fingerprint, long time) {
    return error(instance, fingerprint, time, null);
  }

  private ExceptionRow error(
      InstanceId instance, long fingerprint, long time, @Nullable ThrownStack cause) {
    String type = "com.acme.Error" + fingerprint;
    return new ExceptionRow(
        instance,
        ++position,
        time,
        TraceId.NONE,
        0,
        "escaped",
        "main",
        null,
        type,
        null,
        fingerprint,
        new ThrownStack(type, null, 0, List.of(), 0, cause, List.of()));
  }

  private KnowledgeRow said(String subject, String id, String property, String value) {
    return new KnowledgeRow(++position, 1, subject, id, property, value, "ada");
  }

  private void write(InstanceId instance, Row... rows) {
    long last = Stream.of(rows).mapToLong(Row::position).max().orElse(0);
    Checkpoint checkpoint = new Checkpoint(last, last, 0);
    store
        .writer()
        .write(new Batch(instance, List.of(rows), checkpoint, rows.length, 0, 0, Map.of()));
  }
}
