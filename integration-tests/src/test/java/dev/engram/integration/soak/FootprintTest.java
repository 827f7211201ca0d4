package dev.engram.integration.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.integration.soak.Footprint.Quantity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private final Footprint footprint = new Footprint();

  @Test
  void whatRisesWhileItWarmsUp_isNoGrowth() {
    for (int minute = 0; minute < 60; minute++) {
      put(minute, Math.min(minute, 20));
    }
    assertThat(footprint.growth(Quantity.THREADS)).isZero();
    assertThat(footprint.level(Quantity.THREADS)).isEqualTo(20);
  }

  @Test
  void slowLeak_isSeenThroughNoiseAndOddOnes() {
    for (int minute = 0; minute < 60; minute++) {
      put(minute, 100 + minute / 2.0 + minute % 3 + (minute % 10 == 0 ? 500 : 0));
    }
    assertThat(footprint.growth(Quantity.THREADS)).isCloseTo(14.5, within(1.0));
    assertThat(footprint.growth(Quantity.THREADS)).isGreaterThan(bound());
  }

  @Test
  void whatGoesUpAndDown_isFlat() {
    for (int minute = 0; minute < 60; minute++) {
      put(minute, 100 + 10 * (minute % 5));
    }
    assertThat(footprint.growth(Quantity.THREADS)).isLessThan(bound());
  }

  private double bound() {
    return footprint.bound(Quantity.THREADS);
  }

  private void put(int minute, double value) {
    footprint.at(Duration.ofMinutes(minute));
    footprint.put(Quantity.THREADS, value);
  }
}
