package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void wait_isDrawnFromHalfOfADoublingTimeUpToAllOfIt_andNeverBeyondTheCap() {
    double most = Math.nextDown(1.0);

    assertThat(Backoff.millis(1, 100, 1_000, () -> 0)).isEqualTo(50);
    assertThat(Backoff.millis(1, 100, 1_000, () -> most)).isEqualTo(99);
    assertThat(Backoff.millis(2, 100, 1_000, () -> most)).isEqualTo(199);
    assertThat(Backoff.millis(3, 100, 1_000, () -> 0.5)).isEqualTo(300);
    assertThat(Backoff.millis(4, 100, 1_000, () -> 0)).isEqualTo(400);
    assertThat(Backoff.millis(5, 100, 1_000, () -> most)).isEqualTo(999);
    assertThat(Backoff.millis(Integer.MAX_VALUE, 100, 1_000, () -> most)).isEqualTo(999);
    assertThat(Backoff.millis(1, 0, 0, () -> most)).isZero();
  }
}
