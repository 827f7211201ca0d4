package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\0",
        "\u0001",
        "\u00010001",
        "\ud800",
        "\udc00\ud800",
        "\ud83d\ude00",
        "a\0b"
      })
  void text_comesBack(String text) {
    String kept = PostgresText.of(text);

    assertThat(PostgresText.read(kept)).isEqualTo(text);
    assertThat(kept).doesNotContain("\0");
    assertThat(kept.codePoints())
        .allMatch(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        5,
        0.1,
        1e300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.NEGATIVE_INFINITY
      })
  void doubles_comeBack_andAreNoWholeNumbers(double number) {
    Map<String, Object> attributes = Map.of("n", number);

    assertThat(PostgresJson.readAttributes(PostgresJson.attributes(attributes)))
        .isEqualTo(attributes);
  }

  @Test
  void attributes_ofEveryType_comeBack() {
    Map<String, Object> attributes =
        Map.of("text", "\0", "\ud800", true, "least", Long.MIN_VALUE, "one", 1.0);

    assertThat(PostgresJson.readAttributes(PostgresJson.attributes(attributes)))
        .isEqualTo(attributes);
  }
}
