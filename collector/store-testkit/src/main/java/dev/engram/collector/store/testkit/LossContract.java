package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When records were lost is remembered, once, whatever lost them. */
public abstract class LossContract extends StoreContract {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

  @Test
  void nothingLost_isNoLoss() {
    put(CHECKOUT, "checkout");
    writer().putCounters(CHECKOUT, shed(0), new Period(1, 2));

    assertThat(reader().losses(ALWAYS)).isEmpty();
  }

  @Test
  void growthOfACount_isLostInThePeriodOfItsGrowth() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    Period second = new Period(3 * MINUTE, 4 * MINUTE);
    writer().putCounters(CHECKOUT, shed(5), new Period(MINUTE, 2 * MINUTE));
    writer().putCounters(CHECKOUT, shed(5), new Period(2 * MINUTE, 3 * MINUTE));
    writer().putCounters(CHECKOUT, shed(12), second);
    writer().putCounters(PAYMENT, shed(1), second);

    assertThat(reader().losses(ALWAYS))
        .containsExactly(
            shed(CHECKOUT, "checkout", new Period(MINUTE, 2 * MINUTE), 5),
            shed(CHECKOUT, "checkout", second, 7),
            shed(PAYMENT, "payment", second, 1));
  }

  @Test
  void lossesOfOneMinute_areOne() {
    put(CHECKOUT, "checkout");
    writer().putCounters(CHECKOUT, shed(2), new Period(5 * MINUTE + 10, 5 * MINUTE + 20));
    writer().putCounters(CHECKOUT, shed(3), new Period(5 * MINUTE + 20, 5 * MINUTE + 30));
    writer().putCounters(CHECKOUT, shed(9), new Period(5 * MINUTE + 30, 6 * MINUTE));

    assertThat(reader().losses(ALWAYS))
        .containsExactly(
            shed(CHECKOUT, "checkout", new Period(5 * MINUTE + 10, 5 * MINUTE + 30), 3),
            shed(CHECKOUT, "checkout", new Period(5 * MINUTE + 30, 6 * MINUTE), 6));
  }

  @Test
  void everyTermThatLoses_isALoss() {
    put(CHECKOUT, "checkout");
    writer()
        .write(
            new Batch(
                CHECKOUT,
                List.of(span(CHECKOUT, 1)),
                new Checkpoint(1, 9, 0),
                4,
                1,
                2,
                Map.of("queue_full", 5L)));
    assertThat(reader().losses(ALWAYS)).isEmpty();
    Period period = new Period(1, 2);
    ProducerCounts counts =
        new ProducerCounts(99, 9, Map.of("ring_full", 3L, "failed", 4L), 6, 9, 0, 0);
    writer().putCounters(CHECKOUT, counts, period);
    writer().putCounters(CHECKOUT, counts, new Period(2, 3));

    assertThat(reader().losses(ALWAYS))
        .containsExactly(
            loss(Loss.ABANDONED, "", period, 6),
            loss(Loss.DROPPED, "queue_full", period, 5),
            loss(Loss.MALFORMED, "", period, 1),
            loss(Loss.REJECTED, "", period, 2),
            loss(Loss.SHED, "failed", period, 4),
            loss(Loss.SHED, "ring_full", period, 3));
  }

  @Test
  void losses_areThoseThatMayHaveHappenedThen() {
    put(CHECKOUT, "checkout");
    writer().putCounters(CHECKOUT, shed(1), new Period(100, 200));

    assertThat(reader().losses(new Period(200, 300))).hasSize(1);
    assertThat(reader().losses(new Period(0, 100))).hasSize(1);
    assertThat(reader().losses(new Period(140, 150))).hasSize(1);
    assertThat(reader().losses(new Period(201, 300))).isEmpty();
    assertThat(reader().losses(new Period(0, 99))).isEmpty();
  }

  private static ProducerCounts shed(long count) {
    return new ProducerCounts(count, 0, Map.of("ring_full", count), 0, 0, 0, 0);
  }

  private static Loss shed(InstanceId instance, String service, Period period, long count) {
    return new Loss(instance, service, Loss.SHED, "ring_full", period, count);
  }

  private static Loss loss(String term, String reason, Period period, long count) {
    return new Loss(CHECKOUT, "checkout", term, reason, period, count);
  }
}
