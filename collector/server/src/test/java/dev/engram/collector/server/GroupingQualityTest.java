package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How well real stack traces are grouped whose bugs are known: {@code docs/grouping.md}. */
class GroupingQualityTest {
  @Test
  void realTraces_areGroupedByBug() throws IOException {
    GroupingReport report = new GroupingReport(LabelledTraces.read());
    String document = report.document();
    System.out.println(document.substring(document.indexOf("| |")));
    if (Boolean.getBoolean("engram.grouping.write")) {
      Files.writeString(
          Path.of("../../docs/grouping.md"), document + report.speed(LookupRate.measure()));
    }

    assertThat(report.fingerprintPrecision().value()).isGreaterThan(.94);
    assertThat(report.fingerprintF1().value()).isGreaterThan(.92);
    assertThat(report.familyPrecision().value()).isGreaterThan(.92);
    assertThat(report.recallAt(5).value()).isGreaterThan(.94);
  }
}
