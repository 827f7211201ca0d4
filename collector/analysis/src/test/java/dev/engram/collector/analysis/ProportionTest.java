package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
  /** Gelman et al., Bayesian Data Analysis, 2.4: births with placenta previa, 437 girls of 980. */
  @Test
  void publishedExample_hasItsInterval() {
    Proportion girls = new Proportion(437, 980);

    assertThat(girls.rate()).isCloseTo(0.446, within(0.0005));
    assertThat(girls.low()).isCloseTo(0.415, within(0.0005));
    assertThat(girls.high()).isCloseTo(0.477, within(0.0005));
  }

  @Test
  void fewer_areLessSure() {
    assertThat(new Proportion(62, 100).low()).isCloseTo(0.52, within(0.005));
    assertThat(new Proportion(62, 100).high()).isCloseTo(0.71, within(0.005));
    assertThat(new Proportion(12, 20).low()).isCloseTo(0.38, within(0.005));
    assertThat(new Proportion(12, 20).high()).isCloseTo(0.78, within(0.005));
  }

  @Test
  void extremes_areInTheirInterval() {
    assertThat(new Proportion(0, 0).rate()).isZero();
    assertThat(new Proportion(0, 0).low()).isZero();
    assertThat(new Proportion(0, 0).high()).isOne();
    assertThat(new Proportion(0, 9).low()).isZero();
    assertThat(new Proportion(9, 9).high()).isOne();
    assertThat(new Proportion(9, 9).low()).isBetween(0.5, 0.9);
  }
}
