package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DurationsTest {
  private final Durations durations = new Durations();

  @Test
  void percentiles_areByNearestRank() {
    for (int i = 20; i >= 1; i--) {
      durations.add(i * 10);
    }

    assertThat(durations.percentile(50)).isEqualTo(100);
    assertThat(durations.percentile(95)).isEqualTo(190);
    assertThat(durations.percentile(99)).isEqualTo(200);
    assertThat(durations.total()).isEqualTo(2_100);
    durations.add(1);
    assertThat(durations.percentile(1)).isEqualTo(1);
  }

  @Test
  void none_hasNoPercentile() {
    assertThat(durations.percentile(50)).isEqualTo(-1);
    assertThat(durations.total()).isZero();
  }
}
