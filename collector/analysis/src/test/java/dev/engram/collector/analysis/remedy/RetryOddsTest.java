package dev.engram.collector.analysis.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What becomes of a retry's trial, by how many it resolves: exactly, by all ways it can go. */
class RetryOddsTest {
  /** Surefire runs in the module's folder. */
  private static final Path PAGE = Path.of("../../docs/decisions/when-has-a-remedy-helped.md");

  private static final int[] RESOLVED_PERCENT = {5, 10, 20, 30, 40, 50, 60, 70, 90};

  @Test
  void page_hasTheFiguresOfTheRule() {
    StringBuilder table = new StringBuilder();
    for (int percent : RESOLVED_PERCENT) {
      Trial strict = new Trial(Evidence.HELPFUL, Evidence.HALF, percent / 100.0);
      RemedyKind retry = RemedyKind.RETRY;
      Trial trial = new Trial(retry.helpful(), retry.helpless(), percent / 100.0);
      table.append(
          String.format(
              Locale.ROOT,
              "| %d%% | %.1f%% | %.1f%% | %s | %.1f%% |%n",
              percent,
              100 * strict.active,
              100 * trial.active,
              trial.half == 0 ? "-" : trial.half,
              100 * trial.withdrawn));
    }

    assertThat(PAGE).content().contains(table);
  }

  /** Probabilities, of as many treated episodes as are looked at. */
  private static final class Trial {
    private final double helps;
    private final double helpsNot;
    private final double resolves;

    /** Failures in a row that withdraw it. */
    private final int enough;

    private double active;
    private double withdrawn;

    /** Episodes after which it is active in half of the cases; 0 if it never is. */
    private int half;

    Trial(double helpful, double helpless, double resolves) {
      this.helps = Math.log(helpful / helpless);
      this.helpsNot = Math.log((1 - helpful) / (1 - helpless));
      this.resolves = resolves;
      RemedyKind retry = RemedyKind.RETRY;
      double fails = Math.log((1 - retry.poor()) / (1 - retry.good()));
      this.enough = (int) Math.ceil(Math.log(Evidence.ENOUGH) / fails);
      run();
    }

    private void run() {
      double[][] before = {new double[enough]};
      before[0][0] = 1;
      for (int episode = 1; episode <= RemedyJudge.LOOKED_AT; episode++) {
        before = after(before, episode);
        half = half == 0 && active >= 0.5 ? episode : half;
      }
    }

    /** By how many were resolved, and how many failed since the latest that was. */
    private double[][] after(double[][] before, int episode) {
      double[][] after = new double[episode + 1][enough];
      for (int resolved = 0; resolved < episode; resolved++) {
        boolean well =
            (resolved + 1) * helps + (episode - resolved - 1) * helpsNot
                >= Math.log(Evidence.ENOUGH);
        for (int failed = 0; failed < enough; failed++) {
          double probability = before[resolved][failed];
          if (well) {
            active += resolves * probability;
          } else {
            after[resolved + 1][0] += resolves * probability;
          }
          if (failed + 1 == enough) {
            withdrawn += (1 - resolves) * probability;
          } else {
            after[resolved][failed + 1] += (1 - resolves) * probability;
          }
        }
      }
      return after;
    }
  }
}
