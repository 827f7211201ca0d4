package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.begun;
import static dev.engram.collector.store.testkit.Rows.ended;
import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.WriteResult;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What becomes of rows: stored, joined, duplicate, rejected, pending; and of instances. */
public abstract class WriterContract extends StoreContract {
  @Test
  void write_begunThenSpan_joins() {
    put(CHECKOUT, "checkout");
    assertThat(write(CHECKOUT, begun(1, 10))).isEqualTo(new WriteResult(0, 0, 0, 0, 1));
    assertThat(write(CHECKOUT, span(CHECKOUT, 2, 10, true)))
        .isEqualTo(new WriteResult(1, 1, 0, 0, -1));

    assertThat(reader().spans(ALL_SPANS)).hasSize(1);
    assertThat(reader().inProgress(ALL_SPANS)).isEmpty();
  }

  @Test
  void write_begunAndSpanInOneBatch_joins() {
    put(CHECKOUT, "checkout");
    assertThat(write(CHECKOUT, begun(1, 10), span(CHECKOUT, 2, 10, true)))
        .isEqualTo(new WriteResult(1, 1, 0, 0, 0));
  }

  @Test
  void write_begunThenEnded_makesASpanOfBoth() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, begun(1, 10));
    assertThat(write(CHECKOUT, ended(2, 10))).isEqualTo(new WriteResult(1, 1, 0, 0, -1));

    SpanRow made = reader().span(10).orElseThrow().row();
    assertThat(made).isEqualTo(begun(1, 10).toSpan(CHECKOUT, 2, 700, "error"));
  }

  @Test
  void write_endedWithoutBegun_isRejected() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(PAYMENT, begun(1, 10));
    assertThat(write(CHECKOUT, ended(1, 10))).isEqualTo(new WriteResult(0, 0, 0, 1, 0));
  }

  @Test
  void write_begunOfAPendingSpan_isDuplicate() {
    put(CHECKOUT, "checkout");
    assertThat(write(CHECKOUT, begun(1, 10), begun(2, 10)))
        .isEqualTo(new WriteResult(0, 0, 1, 0, 1));
  }

  @Test
  void write_spanNotMarkedBegun_leavesThePendingRow() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, begun(1, 10), span(CHECKOUT, 2, 10, false));
    assertThat(reader().inProgress(ALL_SPANS)).hasSize(1);
  }

  @Test
  void write_samePositionTwice_isDuplicate() {
    put(CHECKOUT, "checkout");
    assertThat(write(CHECKOUT, span(CHECKOUT, 1), span(CHECKOUT, 1)))
        .isEqualTo(new WriteResult(1, 0, 1, 0, 0));
  }

  @Test
  void write_ofAnUnknownInstance_isRefused() {
    Batch stray = batch(CHECKOUT, span(CHECKOUT, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer().write(stray))
        .withMessageContaining("never put");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer().putCounters(CHECKOUT, ProducerCounts.NONE, new Period(0, 0)));
    assertThatIllegalArgumentException().isThrownBy(() -> writer().closeInstance(CHECKOUT, 1));

    put(CHECKOUT, "checkout");
    assertThat(writer().write(stray).stored()).isEqualTo(1);
  }

  @Test
  void batch_thatIsOutOfOrder_foreignOrTooFar_isRefused() {
    Checkpoint at2 = new Checkpoint(2, 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch(CHECKOUT, at2, span(CHECKOUT, 2), span(CHECKOUT, 1)))
        .withMessageContaining("position 1 comes after 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch(CHECKOUT, at2, span(CHECKOUT, 3)))
        .withMessageContaining("row at 3 is beyond the checkpoint 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch(CHECKOUT, at2, span(PAYMENT, 1)))
        .withMessageContaining("another instance");
  }

  @Test
  void closeInstance_interruptsWhatIsPending_once() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, begun(1, 10), begun(2, 11), span(CHECKOUT, 3, 10, true));

    assertThat(writer().closeInstance(CHECKOUT, 99)).isEqualTo(1);
    assertThat(writer().closeInstance(CHECKOUT, 100)).isZero();
    assertThat(reader().span(11).orElseThrow().row())
        .isEqualTo(begun(2, 11).toSpan(CHECKOUT, 2, -1, "interrupted"));
    assertThat(reader().inProgress(ALL_SPANS)).isEmpty();
    assertThat(reader().instances()).extracting(Instance::endedEpochNanos).containsExactly(99L);
  }

  @Test
  void putInstance_again_keepsItsEnd() {
    put(CHECKOUT, "checkout");
    writer().closeInstance(CHECKOUT, 99);
    put(CHECKOUT, "renamed");
    assertThat(reader().instances())
        .containsExactly(new Instance(CHECKOUT, "renamed", "1.0", 1_000, 99, Map.of()));
  }

  @Test
  void everyCall_afterClose_isUnavailable() {
    store.close();
    store.close();
    Assertions.assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> put(CHECKOUT, "checkout"))
        .matches(failure -> failure.kind() == StoreException.Kind.UNAVAILABLE);
    Assertions.assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> reader().instances())
        .matches(failure -> failure.kind() == StoreException.Kind.UNAVAILABLE);
  }
}
