package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLengthTest {
  @ParameterizedTest
  @CsvSource({
    "45s, PT45S",
    "30m, PT30M",
    " 2H , PT2H",
    "3d, PT72H",
    "1w, PT168H",
    "0s, PT0S",
    "999999999w, PT876000H"
  })
  void knownForm_isThatLength_notTooLongForNanoseconds(String text, Duration length) {
    assertThat(TimeLength.parse(text)).contains(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "h", "-2h", "2 h", "1.5h", "2y", "1234567890s"})
  void anythingElse_isNone(String text) {
    assertThat(TimeLength.parse(text)).isEmpty();
  }
}
