package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books add up whatever happens. */
public abstract class AccountingContract extends StoreContract {
  @Test
  void books_ofAnInstanceWithoutRows_areZero() {
    put(CHECKOUT, "checkout");
    assertThat(books(CHECKOUT))
        .isEqualTo(new Accounting(ProducerCounts.NONE, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void putCounters_replacesWhatTheProducerSaid() {
    put(CHECKOUT, "checkout");
    writer()
        .putCounters(
            CHECKOUT,
            new ProducerCounts(9, 7, Map.of("ring_full", 2L, "failed", 1L), 0, 5, 2, 3),
            new Period(1_000, 2_000));
    ProducerCounts later = new ProducerCounts(20, 19, Map.of("ring_full", 1L), 0, 19, 0, 0);
    writer().putCounters(CHECKOUT, later, new Period(2_000, 3_000));

    assertThat(books(CHECKOUT).producer()).isEqualTo(later);
  }

  @Test
  void dropped_addsUpByReason() {
    put(CHECKOUT, "checkout");
    for (long position = 1; position <= 2; position++) {
      writer()
          .write(
              new Batch(
                  CHECKOUT,
                  List.of(span(CHECKOUT, position)),
                  new Checkpoint(position, 0, 0),
                  1,
                  0,
                  0,
                  Map.of("queue_full", position, "quarantined", 1L)));
    }
    assertThat(books(CHECKOUT).dropped()).isEqualTo(Map.of("queue_full", 3L, "quarantined", 2L));
  }

  @Test
  void read_thatDoesNotMatchTheRows_showsAsADifference() {
    put(CHECKOUT, "checkout");
    writer()
        .write(
            new Batch(
                CHECKOUT, List.of(span(CHECKOUT, 1)), new Checkpoint(1, 0, 0), 5, 1, 0, Map.of()));
    assertThat(books(CHECKOUT).read()).isEqualTo(5);
    assertThat(books(CHECKOUT).decoded() + books(CHECKOUT).malformed()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void terms_addUp_afterBatchesReplaysAndCloses(long seed) {
    put(CHECKOUT, "checkout");
    Random random = new Random(seed);
    RandomRows rows = new RandomRows(random);
    Batch last = batch(CHECKOUT);
    long position = 0;
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(6)) {
        case 0 -> writer().write(last);
        case 1 -> writer().closeInstance(CHECKOUT, 1);
        default -> {
          last = random(rows, random, position);
          position = last.checkpoint().position() + 1;
          writer().write(last);
        }
      }
      assertAddUp("seed " + seed + ", step " + step);
    }
    assertThat(books(CHECKOUT).stored()).as("seed " + seed).isPositive();
  }

  private static Batch random(RandomRows rows, Random random, long from) {
    List<Row> chosen = new ArrayList<>();
    long position = from;
    for (int left = random.nextInt(9); left > 0; left--) {
      chosen.add(rows.row(CHECKOUT, position++, true));
    }
    int malformed = random.nextInt(3);
    int rejected = random.nextInt(3);
    return new Batch(
        CHECKOUT,
        chosen,
        new Checkpoint(position, 0, 0),
        chosen.size() + malformed + rejected,
        malformed,
        rejected,
        Map.of());
  }

  private void assertAddUp(String where) {
    Accounting books = books(CHECKOUT);
    assertThat(books.read()).as(where).isEqualTo(books.decoded() + books.malformed());
    assertThat(books.decoded())
        .as(where)
        .isEqualTo(
            books.stored()
                + books.joined()
                + books.duplicate()
                + books.rejected()
                + books.pending());
    assertThat(books.pending()).as(where).isEqualTo(pendingRows());
  }

  /** Counted on another way: pending rows of a running instance are what is in progress. */
  private long pendingRows() {
    boolean running = reader().instances().get(0).endedEpochNanos() == 0;
    return running ? reader().inProgress(ALL_SPANS).size() : books(CHECKOUT).pending();
  }
}
