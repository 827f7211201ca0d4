package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorLabelTest {
  @Test
  void of_isTheTopTwelveDigits() {
    assertThat(ErrorLabel.of(0x1f0c9a77b3d2ffffL)).isEqualTo("E-1f0c9a77b3d2");
    assertThat(ErrorLabel.of(0xf000000000000001L)).isEqualTo("E-f00000000000");
    assertThat(ErrorLabel.of(1)).isEqualTo("E-000000000000");
  }

  @Test
  void hexDigits_labelOrItsBeginning_areItsDigits() {
    assertThat(ErrorLabel.hexDigits("E-1F0c")).contains("1f0c");
    assertThat(ErrorLabel.hexDigits("e-1f0c9a77b3d2")).contains("1f0c9a77b3d2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "E-", "E-xyz", "1f0c9a77b3d2", "E-1f0c9a77b3d20"})
  void hexDigits_anythingElse_isNoLabel(String text) {
    assertThat(ErrorLabel.hexDigits(text)).isEmpty();
  }
}
