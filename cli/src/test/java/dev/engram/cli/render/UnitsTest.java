package dev.engram.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "-1, -",
    "0, 0 ns",
    "999, 999 ns",
    "1000, 1.00 µs",
    "12340, 12.3 µs",
    "999499, 999 µs",
    "999500, 1.00 ms",
    "12300000, 12.3 ms",
    "999499999, 999 ms",
    "999500000, 1.00 s",
    "59900000000, 59.9 s",
    "60000000000, 1m00s",
    "3725000000000, 1h02m",
  })
  void duration_isShortWithItsUnit(long nanos, String expected) {
    assertThat(Units.duration(nanos)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1536, 1.5 KiB",
    "5242880, 5.0 MiB",
    "1099511627776, 1.0 TiB"
  })
  void bytes_haveBinaryUnits(long bytes, String expected) {
    assertThat(Units.bytes(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, now", "-5, now", "59, 59s ago", "60, 1m ago", "7200, 2h ago", "259200, 3d ago"})
  void ago_isOneUnit(long seconds, String expected) {
    assertThat(Units.ago(0, seconds * 1_000_000_000L)).isEqualTo(expected);
  }

  @Test
  void rfc3339_keepsEveryNanosecond() {
    assertThat(Units.rfc3339(1_767_225_600_000_000_001L))
        .isEqualTo("2026-01-01T00:00:00.000000001Z");
    assertThat(Units.rfc3339(-1)).isEqualTo("1969-12-31T23:59:59.999999999Z");
    assertThat(Units.rfc3339(Long.MAX_VALUE)).isEqualTo("2262-04-11T23:47:16.854775807Z");
  }

  @Test
  void time_isLocalToTheMillisecond() {
    assertThat(Units.time(1_767_225_600_123_456_789L, ZoneOffset.ofHours(1)))
        .isEqualTo("2026-01-01 01:00:00.123");
  }

  @Test
  void minute_hasTheDate_unlessItIsToday() {
    long midnight = 1_767_225_600_000_000_000L;
    long afternoon = midnight + 50_520_000_000_000L;
    assertThat(Units.minute(afternoon, ZoneOffset.UTC, midnight)).isEqualTo("14:02");
    assertThat(Units.minute(afternoon, ZoneOffset.UTC, midnight - 1)).isEqualTo("2026-01-01 14:02");
  }
}
