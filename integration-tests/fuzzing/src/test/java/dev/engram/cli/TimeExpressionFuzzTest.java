package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Times as nobody would type them. */
class TimeExpressionFuzzTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-29T01:30:00Z"), ZoneId.of("Europe/Berlin"));

  private static final List<String> PIECES =
      List.of(
          "2026-01-31",
          "T09:30",
          ":00",
          "Z",
          "+02:00",
          "-99:99",
          "today",
          "yesterday",
          "now",
          "30",
          "m",
          "h",
          "d",
          "w",
          "999999999",
          "0",
          "-",
          "+",
          ":",
          ".",
          " ",
          "\u0661");

  @FuzzTest(maxDuration = "20s")
  void expression_isATimeOrNone(FuzzedDataProvider data) {
    long count = data.consumeLong(0, 999_999_999);
    assertThat(TimeExpression.parse(count + "s", CLOCK))
        .contains(CLOCK.instant().minusSeconds(count));
    StringBuilder text = new StringBuilder();
    for (int i = data.consumeInt(0, 6); i > 0; i--) {
      text.append(data.pickValue(PIECES));
    }
    text.append(data.consumeRemainingAsString());
    Optional<Instant> time = TimeExpression.parse(text.toString(), CLOCK);
    time.ifPresent(
        instant ->
            assertThat(TimeExpression.parse(instant.toString(), CLOCK))
                .satisfiesAnyOf(
                    again -> assertThat(again).contains(instant),
                    // A year of more than four digits is shown with a sign.
                    again -> assertThat(instant.toString()).matches("[+-].*")));
  }
}
