package dev.engram.agent.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EpochClockTest {
  private final AtomicLong monotonic = new AtomicLong(500);
  private final AtomicLong epoch = new AtomicLong(1_000_000);
  private final EpochClock clock = new EpochClock(monotonic::get, epoch::get);

  @Test
  void epoch_movesWithTheMonotonicClock() {
    monotonic.addAndGet(7);
    epoch.set(0);
    assertThat(clock.epochNanos()).isEqualTo(1_000_007);
  }

  @Test
  void reanchor_followsTheEpochAndLeavesAnOffsetInUse() {
    long offset = clock.offset();
    monotonic.addAndGet(10);
    epoch.set(2_000_000);
    clock.reanchor();
    assertThat(clock.epochNanos()).isEqualTo(2_000_000);
    assertThat(clock.nanoTime() + offset).isEqualTo(1_000_010);
  }

  @Test
  void system_isNow() {
    long millis = System.currentTimeMillis();
    EpochClock.SYSTEM.reanchor();
    assertThat(TimeUnit.NANOSECONDS.toMillis(EpochClock.SYSTEM.epochNanos()))
        .isBetween(millis - 1_000, millis + 60_000);
  }
}
