package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-10T15:30:00Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "45s, 2026-03-10T15:29:15Z",
    "30m, 2026-03-10T15:00:00Z",
    "2h, 2026-03-10T13:30:00Z",
    "3d, 2026-03-07T15:30:00Z",
    "1w, 2026-03-03T15:30:00Z",
    "2H, 2026-03-10T13:30:00Z",
    "now, 2026-03-10T15:30:00Z",
    "today, 2026-03-09T23:00:00Z",
    "yesterday, 2026-03-08T23:00:00Z",
    "Yesterday, 2026-03-08T23:00:00Z",
    "2026-03-01, 2026-02-28T23:00:00Z",
    "2026-03-01T08:00:00, 2026-03-01T07:00:00Z",
    "2026-03-01 08:00, 2026-03-01T07:00:00Z",
    "2026-03-01T08:00:00Z, 2026-03-01T08:00:00Z",
    "2026-03-01T08:00:00.123456789Z, 2026-03-01T08:00:00.123456789Z",
    "2026-03-01T08:00:00+05:30, 2026-03-01T02:30:00Z",
  })
  void parse_knownForm_isThatTime(String text, String expected) {
    assertThat(TimeExpression.parse(text, CLOCK)).contains(Instant.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2 h", "h", "-2h", "2026-13-01", "2026-03-01T25:00:00Z"})
  void parse_anythingElse_isNoTime(String text) {
    assertThat(TimeExpression.parse(text, CLOCK)).isEmpty();
  }

  @Test
  void parse_dayOfClockChange_startsAtLocalMidnight() {
    Clock summer = Clock.fixed(Instant.parse("2026-03-29T12:00:00Z"), ZoneId.of("Europe/Berlin"));

    assertThat(TimeExpression.parse("today", summer))
        .contains(Instant.parse("2026-03-28T23:00:00Z"));
  }
}
