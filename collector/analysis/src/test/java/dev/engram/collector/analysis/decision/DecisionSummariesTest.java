package dev.engram.collector.analysis.decision;

import static dev.engram.collector.analysis.decision.DecisionLog.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Decisions of one name, summed. */
class DecisionSummariesTest {
  @RegisterExtension final DecisionLog log = new DecisionLog();

  @Test
  void summary_countsUnknownAsNeither() {
    for (int i = 0; i < 30; i++) {
      log.write(
          log.decision(
              0x100 + i, 0, i < 28 ? 0.9 : Double.NaN, Map.of("gen_ai.request.model", "m")));
    }
    for (int i = 0; i < 24; i++) {
      log.write(
          log.told(2_000, 0x100 + i, i < 6 ? "success" : i < 22 ? "failure" : "partial", null));
    }

    DecisionSummary summary =
        DecisionSummaries.of(JudgedDecisions.find(log.store.reader(), ALL)).get(0);

    assertThat(summary.model()).isEqualTo("m");
    assertThat(summary.count()).isEqualTo(30);
    assertThat(summary.told()).isEqualTo(24);
    assertThat(summary.unknown()).isEqualTo(6);
    assertThat(summary.partial()).isEqualTo(2);
    assertThat(summary.coverage()).isEqualTo(0.8);
    assertThat(summary.success().count()).isEqualTo(6);
    assertThat(summary.success().of()).isEqualTo(22);
    assertThat(summary.calibration().verdict()).isEqualTo(Calibration.Verdict.OVERCONFIDENT);
  }
}
