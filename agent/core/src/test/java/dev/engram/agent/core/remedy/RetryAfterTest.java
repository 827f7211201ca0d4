package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "none",
      value = {
        "none; 0",
        "''; 0",
        "0; 0",
        "' 2 '; 2000",
        "Thu, 01 Jan 2026 00:00:03 GMT; 3000",
        "Wed, 31 Dec 2025 23:59:00 GMT; 0",
        "soon; 0",
        "-1; 0",
        "1.5; 0",
        "999999999999; 9223372036854775807"
      })
  void secondsAndDates_areRead_andAnythingElseSaysNothing(String header, long millis) {
    assertThat(RetryAfter.millis(header, NOW)).isEqualTo(millis);
  }
}
