package dev.engram.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void of_harmlessText_isUnchanged() {
    assertThat(SafeText.of("GET /päth/日本/🍵 'x' \"y\"")).isEqualTo("GET /päth/日本/🍵 'x' \"y\"");
  }

  @Test
  void of_terminalSequences_showsThem() {
    assertThat(SafeText.of("a\u001b[31mred\u0007\r\n\tb"))
        .isEqualTo("a\\u001b[31mred\\u0007\\r\\n\\tb");
  }

  @Test
  void of_eightBitControlsAndBidi_showsThem() {
    assertThat(SafeText.of("\u009b2J\u202egnp.exe\u2066x\u2028y\u007f"))
        .isEqualTo("\\u009b2J\\u202egnp.exe\\u2066x\\u2028y\\u007f");
  }

  @Test
  void of_loneSurrogateAndTagCharacter_showsThem() {
    assertThat(SafeText.of("\ud800x" + Character.toString(0xe0041)))
        .isEqualTo("\\ud800x\\u{e0041}");
  }

  @Test
  void of_null_isEmpty() {
    assertThat(SafeText.of(null)).isEmpty();
  }
}
