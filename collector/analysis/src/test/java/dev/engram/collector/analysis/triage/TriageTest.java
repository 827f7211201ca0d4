package dev.engram.collector.analysis.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorGroups;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriageTest {
  private static final long A = 0xaaaa000000000001L;
  private static final long B = 0xbbbb000000000002L;
  private static final long C = 0x0ccc000000000003L;

  /** Versions 1 and 2, the second started at 1,000; and one of another service. */
  private static final InstanceId ONE = new InstanceId(new UUID(1, 1));

  private static final InstanceId TWO = new InstanceId(new UUID(1, 2));
  private static final InstanceId ONE_AGAIN = new InstanceId(new UUID(1, 3));
  private static final InstanceId NAMELESS = new InstanceId(new UUID(1, 4));

  private final InMemoryStore store = new InMemoryStore();
  private final List<Row> rows = new ArrayList<>();
  private long position = 1;

  @BeforeEach
  void putInstances() {
    put(ONE, "shop", "1", 10);
    put(TWO, "shop", "2", 1_000);
    put(ONE_AGAIN, "shop", "1", 2_000);
    put(NAMELESS, "cart", "", 1_500);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void groupsThatNobodySpokeOf_areOpen() {
    happened(ONE, A, 100);

    assertThat(one(A).triage()).isEqualTo(Triage.NONE);
    assertThat(one(A).merged()).isEmpty();
  }

  @Test
  void laterWord_stands() {
    happened(ONE, A, 100);
    say(200, A, Triages.NAME, "full");
    say(300, A, Triages.ASSIGNEE, "bob");
    say(400, A, Triages.NAME, "full disk");
    say(500, A, KnowledgeRow.COMMENT, "again");
    say(600, A, "of a later version", "?");

    Triage triage = one(A).triage();
    assertThat(triage.name()).isEqualTo("full disk");
    assertThat(triage.assignee()).isEqualTo("bob");
    assertThat(triage.comment()).isEqualTo("again");
    assertThat(triage.state()).isEqualTo(ErrorState.OPEN);
  }

  @Test
  void ignoredOnes_areHidden_beforeTheLimit_untilReopened() {
    happened(ONE, A, 100);
    happened(ONE, A, 110);
    happened(ONE, B, 120);
    say(200, A, Triages.IGNORED, "");

    assertThat(visible(1)).extracting(ErrorGroup::fingerprint).containsExactly(B);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.IGNORED);
    assertThat(one(A).triage().author()).isEqualTo("ada");

    say(300, A, Triages.REOPENED, "");
    assertThat(visible(1)).extracting(ErrorGroup::fingerprint).containsExactly(A);
  }

  @Test
  void mergedOnes_countAsOne_alsoThroughOthers() {
    happened(ONE, A, 100);
    happened(ONE, A, 110);
    happened(ONE, A, 115);
    happened(TWO, B, 1_100);
    happened(NAMELESS, C, 1_600);
    happened(NAMELESS, C, 1_700);
    say(2_000, C, Triages.MERGED, hex(B));
    say(2_001, B, Triages.MERGED, hex(A));

    ErrorGroup group = one(A);
    assertThat(visible(20)).containsExactly(group);
    assertThat(group.count()).isEqualTo(6);
    assertThat(group.trend()).satisfies(it -> assertThat(sum(it)).isEqualTo(6));
    assertThat(group.firstSeenEpochNanos()).isEqualTo(100);
    assertThat(group.lastSeenEpochNanos()).isEqualTo(1_700);
    assertThat(group.services()).containsExactly("cart", "shop");
    assertThat(group.merged()).containsExactly(B, C);
  }

  @Test
  void mergedOnes_riseTogether_beforeTheLimit() {
    happened(ONE, A, 100);
    happened(ONE, B, 110);
    happened(ONE, C, 120);
    happened(ONE, C, 130);
    happened(ONE, C, 140);
    say(200, B, Triages.MERGED, hex(A));
    happened(ONE, A, 250);
    happened(ONE, B, 260);

    assertThat(visible(1)).extracting(ErrorGroup::fingerprint).containsExactly(A);
  }

  @Test
  void splitOne_standsAloneAgain() {
    happened(ONE, A, 100);
    happened(ONE, B, 110);
    say(200, B, Triages.MERGED, hex(A));
    say(300, B, Triages.SPLIT, "");

    assertThat(visible(20)).hasSize(2);
  }

  @Test
  void circle_isNone() {
    happened(ONE, A, 100);
    happened(ONE, B, 110);
    say(200, B, Triages.MERGED, hex(A));
    say(300, A, Triages.MERGED, hex(B));
    say(400, A, Triages.MERGED, hex(A));
    say(500, C, Triages.MERGED, "no fingerprint");
    rows.add(
        new KnowledgeRow(position++, 600, KnowledgeRow.ERROR, "E-12", Triages.IGNORED, "", null));

    assertThat(visible(20)).extracting(ErrorGroup::fingerprint).containsExactly(A);
  }

  @Test
  void circleThroughOthers_isNone() {
    happened(ONE, A, 100);
    happened(ONE, B, 110);
    happened(ONE, C, 120);
    say(200, A, Triages.MERGED, hex(B));
    say(300, C, Triages.MERGED, hex(A));
    say(400, A, Triages.MERGED, hex(C));
    say(500, A, Triages.MERGED, hex(A));

    assertThat(visible(20)).extracting(ErrorGroup::fingerprint).containsExactly(B);
  }

  @Test
  void resolvedOne_thatHappensOnALaterVersion_hasRegressed() {
    happened(ONE, A, 100);
    say(500, A, Triages.RESOLVED, "");
    happened(ONE, A, 600);
    happened(ONE_AGAIN, A, 2_100);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);

    happened(TWO, A, 2_200);
    happened(ONE, A, 2_300);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.REGRESSED);
    assertThat(one(A).triage().version()).isEqualTo("2");
    assertThat(one(A).triage().author()).isEqualTo("ada");

    say(3_000, A, Triages.RESOLVED, "");
    happened(TWO, A, 3_100);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);
  }

  @Test
  void resolvedInAVersion_regressesThereAndLater_notBefore() {
    happened(ONE, A, 100);
    say(1_200, A, Triages.RESOLVED, "2");
    happened(ONE, A, 1_300);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);
    assertThat(one(A).triage().version()).isEqualTo("2");

    happened(TWO, A, 1_400);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.REGRESSED);
  }

  @Test
  void resolvedInAVersionThatNeverStarted_hasNotRegressed() {
    happened(ONE, A, 100);
    say(500, A, Triages.RESOLVED, "3");
    happened(TWO, A, 1_400);

    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);
  }

  @Test
  void withoutVersions_whatWasStartedLater_isLater() {
    happened(NAMELESS, A, 1_600);
    say(1_700, A, Triages.RESOLVED, "");
    happened(NAMELESS, A, 1_800);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);

    say(1_400, B, Triages.RESOLVED, "");
    happened(NAMELESS, B, 1_900);
    assertThat(one(B).triage().state()).isEqualTo(ErrorState.REGRESSED);
    assertThat(one(B).triage().version()).isNull();
  }

  @Test
  void mergedOne_thatHappensAgain_regressesTheGroup() {
    happened(ONE, A, 100);
    happened(ONE, B, 110);
    say(200, B, Triages.MERGED, hex(A));
    say(500, A, Triages.RESOLVED, "");
    happened(TWO, B, 1_400);

    assertThat(one(A).triage().state()).isEqualTo(ErrorState.REGRESSED);
  }

  @Test
  void partOfAGroup_onAVersionOlderThanTheGroupsLast_isNoRegression() {
    happened(ONE, A, 100);
    happened(TWO, A, 1_100);
    say(1_150, B, Triages.MERGED, hex(A));
    say(1_200, A, Triages.RESOLVED, "");
    happened(ONE, B, 1_300);

    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);
  }

  @Test
  void serviceThatNeverHadIt_regressesOnlyOnAVersionThatIsNewSince() {
    InstanceId earlier = new InstanceId(new UUID(1, 5));
    InstanceId since = new InstanceId(new UUID(1, 6));
    put(earlier, "bank", "9", 20);
    put(since, "bank", "10", 550);
    happened(ONE, A, 100);
    say(500, A, Triages.RESOLVED, "");
    happened(earlier, A, 600);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);

    happened(since, A, 700);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.REGRESSED);
    assertThat(one(A).triage().version()).isEqualTo("10");
  }

  /** The store keeps what people said for longer than exceptions. */
  @Test
  void whatIsNoLongerKnown_wasNotOnAnOlderVersion() {
    say(500, A, Triages.RESOLVED, "");
    happened(ONE, A, 600);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.RESOLVED);

    happened(TWO, A, 1_100);
    assertThat(one(A).triage().state()).isEqualTo(ErrorState.REGRESSED);
  }

  @Test
  void regression_isFound_howeverOftenTheOldVersionHasItAfterwards() {
    happened(ONE, A, 100);
    say(500, A, Triages.RESOLVED, "");
    happened(TWO, A, 1_100);
    for (int i = 0; i < 1_001; i++) {
      happened(ONE, A, 1_200 + i);
    }

    assertThat(one(A).triage().state()).isEqualTo(ErrorState.REGRESSED);
  }

  private ErrorGroup one(long fingerprint) {
    write();
    return ErrorGroups.find(store.reader(), filter(0), 5_000).stream()
        .filter(group -> group.fingerprint() == fingerprint)
        .findFirst()
        .orElseThrow();
  }

  private List<ErrorGroup> visible(int limit) {
    write();
    return ErrorGroups.find(store.reader(), filter(limit), 5_000, false);
  }

  private static ExceptionFilter filter(int limit) {
    return new ExceptionFilter(0, 0, null, 0, null, limit);
  }

  private static long sum(List<? extends Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static String hex(long fingerprint) {
    return String.format("%016x", fingerprint);
  }

  private void put(InstanceId id, String service, String version, long started) {
    store.writer().putInstance(new Instance(id, service, version, started, 0, Map.of()));
  }

  private void say(long time, long fingerprint, String property, String value) {
    rows.add(
        new KnowledgeRow(
            position++, time, KnowledgeRow.ERROR, hex(fingerprint), property, value, "ada"));
  }

  private void happened(InstanceId instance, long fingerprint, long time) {
    write();
    ThrownStack stack = new ThrownStack("x.Y", "m", 0, List.of(), 0, null, List.of());
    rows.add(
        new ExceptionRow(
            instance,
            position++,
            time,
            TraceId.NONE,
            0,
            "escaped",
            "main",
            null,
            "x.Y",
            "m",
            fingerprint,
            stack));
    write(instance);
  }

  private void write() {
    write(ONE);
  }

  private void write(InstanceId instance) {
    if (!rows.isEmpty()) {
      Checkpoint end = new Checkpoint(position - 1, position - 1, 0);
      List<Row> written = List.copyOf(rows);
      store.writer().write(new Batch(instance, written, end, written.size(), 0, 0, Map.of()));
      rows.clear();
    }
  }
}
