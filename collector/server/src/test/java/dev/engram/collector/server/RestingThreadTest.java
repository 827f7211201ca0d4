package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RestingThreadTest {
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  @Test
  void slowLook_isFollowedByAnotherAfterTheLongestRest() throws InterruptedException {
    CountDownLatch looks = new CountDownLatch(2);
    Runnable slow =
        () -> {
          long began = System.nanoTime();
          while (looks.getCount() == 2 && System.nanoTime() - began < SLOW_NANOS) {
            Thread.onSpinWait();
          }
          looks.countDown();
        };

    try (RestingThread resting = RestingThread.start("resting", Duration.ofMillis(10), slow)) {
      assertThat(looks.await(19 * SLOW_NANOS * 3 / 4, TimeUnit.NANOSECONDS)).isTrue();
    }
  }
}
