package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.begun;
import static dev.engram.collector.store.testkit.Rows.ended;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.WriteResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows and position move together, and nothing is stored twice. */
public abstract class CheckpointContract extends StoreContract {
  @Test
  void checkpoint_isEmptyBeforeTheFirstBatch() {
    assertThat(writer().checkpoint(CHECKOUT)).isEmpty();
    put(CHECKOUT, "checkout");
    assertThat(writer().checkpoint(CHECKOUT)).isEmpty();
  }

  @Test
  void checkpoint_isThatOfTheLastBatch_perInstance() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    Checkpoint end = new Checkpoint(7, 3, 1L << 40);
    writer().write(batch(CHECKOUT, end, span(CHECKOUT, 5)));

    assertThat(writer().checkpoint(CHECKOUT)).contains(end);
    assertThat(writer().checkpoint(PAYMENT)).isEmpty();
  }

  @Test
  void write_theSameBatchAgain_changesNothingAtAll() {
    put(CHECKOUT, "checkout");
    Batch batch =
        new Batch(
            CHECKOUT,
            List.of(begun(1, 10), exception(CHECKOUT, 2, 10, 5), ended(3, 10), begun(4, 11)),
            new Checkpoint(4, 4, 0),
            6,
            1,
            1,
            Map.of("queue_full", 3L));
    writer().write(batch);
    Accounting books = books(CHECKOUT);
    List<StoredSpan> spans = reader().spans(ALL_SPANS);

    assertThat(writer().write(batch)).isEqualTo(new WriteResult(0, 0, 4, 0, 0));
    assertThat(books(CHECKOUT)).isEqualTo(books);
    assertThat(reader().spans(ALL_SPANS)).isEqualTo(spans);
    assertThat(reader().exceptions(ALL_EXCEPTIONS)).hasSize(1);
    assertThat(reader().inProgress(ALL_SPANS)).hasSize(1);
  }

  @Test
  void write_aBatchThatOverlaps_takesOnlyWhatIsNew() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, span(CHECKOUT, 1), span(CHECKOUT, 2));

    assertThat(write(CHECKOUT, span(CHECKOUT, 1), span(CHECKOUT, 2), span(CHECKOUT, 3)))
        .isEqualTo(new WriteResult(1, 0, 2, 0, 0));
    assertThat(reader().spans(ALL_SPANS)).hasSize(3);
    assertThat(books(CHECKOUT).read()).isEqualTo(3);
    assertThat(books(CHECKOUT).duplicate()).isZero();
  }

  @Test
  void write_withoutRows_movesTheCheckpoint() {
    put(CHECKOUT, "checkout");
    Checkpoint end = new Checkpoint(9, 2, 0);
    writer().write(new Batch(CHECKOUT, List.of(), end, 2, 2, 0, Map.of()));

    assertThat(writer().checkpoint(CHECKOUT)).contains(end);
    assertThat(books(CHECKOUT).malformed()).isEqualTo(2);
  }

  @Test
  void write_atTheSamePositionWithALaterNumber_countsWhatWasDropped() {
    put(CHECKOUT, "checkout");
    writer().write(batch(CHECKOUT, new Checkpoint(5, 1, 0), span(CHECKOUT, 5)));
    writer()
        .write(
            new Batch(
                CHECKOUT, List.of(), new Checkpoint(5, 4, 0), 0, 0, 0, Map.of("queue_full", 3L)));

    assertThat(books(CHECKOUT).dropped()).isEqualTo(Map.of("queue_full", 3L));
    assertThat(writer().checkpoint(CHECKOUT)).contains(new Checkpoint(5, 4, 0));
  }

  @Test
  void arrivals_riseOverInstancesAndKinds() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, span(CHECKOUT, 1));
    write(PAYMENT, exception(PAYMENT, 1, 0, 5));
    write(CHECKOUT, span(CHECKOUT, 2));

    long first = reader().span(1).orElseThrow().arrival();
    long second = reader().exceptions(ALL_EXCEPTIONS).get(0).arrival();
    long third = reader().span(2).orElseThrow().arrival();
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
  }
}
