package dev.engram.collector.analysis.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.workflow.Comparison.Chance;
import java.util.List;
import org.apache.commons.numbers.gamma.LogBeta;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /** Three standard errors of a share of 0.5 over all draws. */
  private static final Offset<Double> NOISE = within(3 * 0.5 / Math.sqrt(Comparison.DRAWS));

  @Test
  void nothingKnown_isEven() {
    List<Chance> chances = Comparison.of(List.of(new Proportion(0, 0), new Proportion(0, 0)));

    // Of two uniform variables the larger one has mean 2/3, each has 1/2.
    assertThat(chances.get(0).best()).isCloseTo(0.5, NOISE);
    assertThat(chances.get(0).expectedLoss()).isCloseTo(1.0 / 6, NOISE);
    assertThat(chances.get(1).expectedLoss()).isCloseTo(1.0 / 6, NOISE);
  }

  @Test
  void oneSuccessAgainstOneFailure_isAsWorkedByHand() {
    List<Chance> chances = Comparison.of(List.of(new Proportion(1, 1), new Proportion(0, 1)));

    // Densities 2x and 2(1 - y): P(x > y) = 5/6, E[(y - x)+] = 1/30, E[x] - E[y] = 1/3.
    assertThat(chances.get(0).best()).isCloseTo(5.0 / 6, NOISE);
    assertThat(chances.get(0).expectedLoss()).isCloseTo(1.0 / 30, NOISE);
    assertThat(chances.get(1).expectedLoss()).isCloseTo(11.0 / 30, NOISE);
  }

  @Test
  void twoWays_areAsTheClosedFormHasIt() {
    for (int better : new int[] {100, 110, 130, 150}) {
      double best =
          Comparison.of(List.of(new Proportion(100, 1_000), new Proportion(better, 1_000)))
              .get(1)
              .best();

      assertThat(best).isCloseTo(closedForm(100, 900, better, 1_000 - better), NOISE);
    }
  }

  @Test
  void sameCounts_giveTheSameAnswer() {
    List<Proportion> ways =
        List.of(new Proportion(3, 9), new Proportion(5, 9), new Proportion(9, 9));

    assertThat(Comparison.of(ways)).isEqualTo(Comparison.of(ways));
    assertThat(Comparison.of(ways).stream().mapToDouble(Chance::best).sum())
        .isCloseTo(1, within(1e-9));
  }

  /**
   * The success of two treatments of kidney stones (Charig et al., BMJ 292, 1986), the well-known
   * case of Simpson's paradox: A succeeds more often with small stones and with large ones, but
   * less often over all, because it got the large ones.
   */
  @Test
  void hardInputs_areNotBlamedOnTheWayThatGotThem() {
    List<Proportion> all = List.of(new Proportion(273, 350), new Proportion(289, 350));
    List<List<Proportion>> bySize =
        List.of(
            List.of(new Proportion(81, 87), new Proportion(192, 263)),
            List.of(new Proportion(234, 270), new Proportion(55, 80)));

    assertThat(Comparison.of(all).get(1).best()).isGreaterThan(0.9);
    List<Chance> chances = Comparison.of(bySize, List.of(357.0 / 700, 343.0 / 700));
    assertThat(chances.get(0).best()).isGreaterThan(0.9);
    // 0.51 * 81/87 + 0.49 * 192/263 = 0.8325 against 0.51 * 234/270 + 0.49 * 55/80 = 0.7789
    assertThat(chances.get(1).expectedLoss() - chances.get(0).expectedLoss())
        .isCloseTo(0.8325 - 0.7789, within(0.01));
  }

  /** Miller, Formulas for Bayesian A/B testing, 2015: the probability that B beats A. */
  private static double closedForm(int successA, int failureA, int successB, int failureB) {
    double alphaA = 1.0 + successA;
    double betaA = 1.0 + failureA;
    double alphaB = 1.0 + successB;
    double betaB = 1.0 + failureB;
    double total = 0;
    for (int i = 0; i < alphaB; i++) {
      total +=
          Math.exp(
              LogBeta.value(alphaA + i, betaB + betaA)
                  - Math.log(betaB + i)
                  - LogBeta.value(1.0 + i, betaB)
                  - LogBeta.value(alphaA, betaA));
    }
    return total;
  }
}
