package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.InstanceState;
import dev.engram.collector.store.ProducerCounts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountingReportTest {
  private static final InstanceId ID = new InstanceId(new UUID(0, 7));
  private static final String NAME = "shop@" + ID + ": ";

  private static final Accounting SETTLED =
      new Accounting(
          new ProducerCounts(100, 90, Map.of("ring_full", 7L), 3, 90, 0, 0),
          83,
          Map.of("queue_full", 7L),
          82,
          1,
          63,
          10,
          4,
          3,
          2);

  @Test
  void settledBooks_haveNoFindings() {
    AccountingReport report = report(SETTLED);

    assertThat(report.impossible()).isEmpty();
    assertThat(report.unsettled()).isEmpty();
    assertThat(report.total()).isEqualTo(SETTLED);
  }

  @Test
  void everySumThatDoesNotHold_isNamedWithItsValues() {
    Accounting wrong =
        new Accounting(
            new ProducerCounts(101, 91, Map.of("ring_full", 7L), 3, 88, 2, 1),
            81,
            Map.of("queue_full", 7L),
            79,
            1,
            61,
            10,
            4,
            3,
            2);

    assertThat(report(wrong).unsettled())
        .containsExactly(
            NAME + "written 91 is not queued 88 + in_ring 2",
            NAME + "queued 88 is not read 81 + in_queue 1 + dropped 7",
            NAME + "read 81 is not decoded 79 + malformed 1",
            NAME + "decoded 79 is not stored 61 + joined 10 + duplicate 4 + rejected 3 + pending 2",
            NAME + "in_ring 2 is not collected yet",
            NAME + "in_queue 1 is not collected yet");
  }

  @Test
  void offered_thatIsNotAccountedFor_isUnsettled() {
    Accounting wrong = withOffered(99);

    assertThat(report(wrong).unsettled())
        .containsExactly(NAME + "offered 99 is not written 90 + shed 7 + abandoned 3");
    assertThat(report(wrong).impossible()).isEmpty();
  }

  @Test
  void damagedInstance_isUnsettledThoughEverySumHolds() {
    AccountingReport report = report(SETTLED, InstanceState.DAMAGED, "the ring is cut");

    assertThat(report.unsettled())
        .containsExactly(NAME + "the ring is cut, its sums cannot be shown");
    assertThat(report.impossible()).isEmpty();
  }

  @Test
  void negativeTerm_isImpossible() {
    Accounting wrong =
        new Accounting(
            new ProducerCounts(0, 0, Map.of("failed", -1L), 0, 0, -2, 0),
            0,
            Map.of(),
            0,
            0,
            0,
            0,
            0,
            0,
            -3);

    assertThat(report(wrong).impossible())
        .containsExactly(
            NAME + "shed failed is -1, which cannot be",
            NAME + "in_ring is -2, which cannot be",
            NAME + "pending is -3, which cannot be");
  }

  @Test
  void of_anotherService_leavesItOut() {
    AccountingReport report = report(SETTLED);

    assertThat(report.of(0, "shop").total()).isEqualTo(SETTLED);
    assertThat(report.of(0, "else").instances()).isEmpty();
    assertThat(report.of(6, "shop").instances()).isEmpty();
  }

  private static AccountingReport report(Accounting books) {
    return report(books, InstanceState.RUNNING, null);
  }

  private static AccountingReport report(
      Accounting books, InstanceState state, @Nullable String damage) {
    return Books.report(List.of(new InstanceAccounting(ID, "shop", 5, state, damage, books)));
  }

  private static Accounting withOffered(long offered) {
    return new Accounting(
        new ProducerCounts(offered, 90, Map.of("ring_full", 7L), 3, 90, 0, 0),
        83,
        Map.of("queue_full", 7L),
        82,
        1,
        63,
        10,
        4,
        3,
        2);
  }
}
