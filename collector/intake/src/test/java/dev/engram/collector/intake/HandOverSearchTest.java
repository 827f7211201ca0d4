package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.core.capture.Worth;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.StoredSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which ring, queue and store can hand records over while service and collector are
 * killed between any two of their steps: nothing committed is lost, nothing is stored twice, and
 * the books hold.
 */
class HandOverSearchTest {
  private static final long PLENTY = 1 << 20;

  /** Each excerpt gets a file of its own. */
  private static final long MANY_FILES = 16 * ModelQueue.EXCERPT_BYTES;

  /** Ordinary records are shed after the first excerpt, and files removed at the second. */
  private static final long LITTLE = 2 * ModelQueue.EXCERPT_BYTES - 500;

  private static final SearchPlan.Offered BEGUN = SearchPlan.begun(1);
  private static final SearchPlan.Offered OTHER = SearchPlan.span(2, Worth.ORDINARY);
  private static final SearchPlan.Offered END = SearchPlan.end(1);

  /** The second record begins behind the end of the ring's memory. */
  private static final long NEAR_THE_END = 3L * ModelService.CAPACITY - 96;

  @Test
  void killsAtEveryStep_loseNothingAndStoreNothingTwice() {
    search(plan(NEAR_THE_END, PLENTY, 1, 1, 0, BEGUN, END), BrokenRule.NONE);
  }

  @Test
  void outageAtEveryStep_losesNothingThatTheServiceHadWritten() {
    search(plan(0, MANY_FILES, 0, 0, 1, BEGUN), BrokenRule.NONE);
  }

  @Test
  void fullQueue_losesNothingUncounted() {
    search(plan(0, LITTLE, 0, 1, 0, BEGUN, END, OTHER), BrokenRule.NONE);
  }

  @Test
  void writerThatFailsAtAnyStep_losesNothingAndAppendsNothingTwice() {
    SearchPlan.Offered[] records = {BEGUN, OTHER, END};
    search(new SearchPlan(List.of(records), 0, PLENTY, 3, 0, 0, 0, 1), BrokenRule.NONE);
  }

  @Test
  @Tag("full")
  void moreRecordsAndRounds_loseNothingEither() {
    search(plan(NEAR_THE_END, PLENTY, 1, 2, 0, BEGUN, OTHER, END), BrokenRule.NONE);
    search(plan(0, MANY_FILES, 1, 2, 1, BEGUN, OTHER), BrokenRule.NONE);
    search(plan(0, LITTLE, 1, 2, 0, BEGUN, END, OTHER), BrokenRule.NONE);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void brokenRule_isFound(BrokenRule broken) {
    boolean ofTheDisk = broken == BrokenRule.FILES_REMOVED_BEFORE_SYNC;
    SearchPlan plan = plan(0, MANY_FILES, 1, 2, ofTheDisk ? 1 : 0, BEGUN, OTHER);

    assertThatThrownBy(() -> search(plan, broken))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("  after");
  }

  private static SearchPlan plan(
      long start,
      long queueBytes,
      int collectorKills,
      int rounds,
      int outages,
      SearchPlan.Offered... records) {
    return new SearchPlan(
        List.of(records), start, queueBytes, 2, collectorKills, rounds, outages, 0);
  }

  private static void search(SearchPlan plan, BrokenRule broken) {
    Choices choices = new Choices();
    long began = System.nanoTime();
    int runs = 0;
    int ends = 0;
    do {
      HandOver run = new HandOver(plan, broken, choices);
      runs++;
      try {
        if (run.run()) {
          ends++;
          check(run);
          run.store().outage();
          check(run);
        }
      } catch (AssertionError | RuntimeException violation) {
        throw new AssertionError(
            violation.getMessage() + "\n  after\n" + String.join("\n", run.trace()), violation);
      }
    } while (choices.next());
    System.out.printf(
        "hand-over: %,d states, %,d runs, %,d ends, %d ms%n",
        choices.states(), runs, ends, (System.nanoTime() - began) / 1_000_000);
    assertThat(ends).as("runs that came to their end").isPositive();
  }

  private static void check(HandOver run) {
    assertThat(run.lines()).isEmpty();
    ModelService service = run.service();
    Accounting books = run.store().accounting(service.id());
    long dropped = sum(books.dropped());
    Map<Long, SearchPlan.Offered> left = new TreeMap<>(service.committed);
    assertThat(service.committed.size() - books.read() - sum(books.producer().shed()))
        .as("records that are gone")
        .isEqualTo(dropped);
    left.keySet().removeAll(service.shed);
    assertStored(run.store().spans(), left, dropped > 0 ? service.removed : Set.of());
    assertSums(books);
  }

  /**
   * @param removed records that went with their file, unless a collector was quicker
   */
  private static void assertStored(
      List<StoredSpan> spans, Map<Long, SearchPlan.Offered> left, Collection<Long> removed) {
    Map<Long, String> expected = new HashMap<>();
    Set<Long> possible = new HashSet<>();
    List<Long> ends = new ArrayList<>();
    left.forEach(
        (position, record) -> {
          possible.add(record.spanId());
          if (removed.contains(position)) {
            return;
          }
          if (record.begins()) {
            expected.put(record.spanId(), "interrupted");
          } else {
            expected.put(record.spanId(), "ok");
            ends.add(position);
          }
        });
    Map<Long, String> stored = new HashMap<>();
    List<Long> positions = new ArrayList<>();
    Set<Long> twice = new HashSet<>();
    for (StoredSpan span : spans) {
      String status = span.row().status();
      if (stored.put(span.row().spanId(), status) != null) {
        twice.add(span.row().spanId());
      }
      if (!status.equals("interrupted")) {
        positions.add(span.row().position());
      }
    }
    assertThat(twice).as("stored twice").isEmpty();
    if (removed.isEmpty()) {
      assertThat(stored).as("stored").isEqualTo(expected);
      assertThat(positions).as("ring positions, in order of arrival").isEqualTo(ends);
    } else {
      assertThat(stored.keySet()).as("stored").containsAll(expected.keySet());
      assertThat(possible).as("offered").containsAll(stored.keySet());
      assertThat(positions).as("ring positions, in order of arrival").isSorted().containsAll(ends);
    }
  }

  private static void assertSums(Accounting books) {
    ProducerCounts producer = books.producer();
    long shed = sum(producer.shed());
    assertThat(producer.written() + shed + producer.abandoned())
        .as("written + shed + abandoned of %s", books)
        .isEqualTo(producer.offered());
    assertThat(producer.abandoned()).as("abandoned").isBetween(0L, 1L);
    assertThat(producer.queued() + producer.inRing()).isEqualTo(producer.written());
    assertThat(books.read() + producer.inQueue() + sum(books.dropped()))
        .as("read + dropped of %s", books)
        .isEqualTo(producer.queued());
    assertThat(books.decoded() + books.malformed()).isEqualTo(books.read());
    assertThat(books.stored() + books.joined())
        .as("stored of %s", books)
        .isEqualTo(books.decoded());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
