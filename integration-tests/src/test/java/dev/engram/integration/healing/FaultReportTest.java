package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Jdks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultReportTest {
  private final FaultReport report = new FaultReport();

  @Test
  void line_hasWhatWasMasked_whenItWasActive_andWhatATreatedRequestTook() {
    report.add(row("cut", 4, Duration.ofMillis(12_900)));
    report.add(row("late", 1, null));

    assertThat(report.text(Jdks.all().findFirst().orElseThrow(), 10).lines())
        .contains(
            "| cut | 8 of 10 | 7 of 8 | 53-98% | 5 of 5 | 57-100% | 4 | 12 s | 1.00, 1.10 | 40, 900"
                + " ms |",
            "| late | 8 of 10 | 7 of 8 | 53-98% | 5 of 5 | 57-100% | 1 | - | 1.00, 1.10 | 40, 900"
                + " ms |")
        .anyMatch(line -> line.startsWith("| **all** |") && line.endsWith(" | 5 | - | - | - |"));
  }

  private static FaultReport.Row row(String fault, long masked, @Nullable Duration untilActive) {
    return new FaultReport.Row(
        fault,
        10,
        8,
        7,
        5,
        5,
        masked,
        untilActive,
        1,
        1.1,
        Duration.ofMillis(40),
        Duration.ofMillis(900));
  }
}
