package dev.engram.agent.record.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchesTest {
  @Test
  void switches_comeBackFromTheirText() throws MalformedControlFileException {
    Switches switches =
        new Switches(
            7,
            Instant.parse("2026-01-31T09:30:00Z"),
            Map.of("capture", "errors", "ignore.urls", "/a \"b\" \\ käse \u0001,*.css"));

    assertThat(Switches.parse(switches.toJson())).isEqualTo(switches);
  }

  @Test
  void textWrittenByHand_mayUseFlagsListsAndThePrefix() throws MalformedControlFileException {
    Switches switches =
        Switches.parse(
            """
            {"switches": {"engram.capture": "off", "instrumentation.jdbc.enabled": false,
             "ignore.urls": ["/a", "*.\\u0063ss"], "x": -1.5e3, "y": 12}, "serial": 1}
            """);

    assertThat(switches.expires()).isNull();
    assertThat(switches.values())
        .containsOnly(
            Map.entry("capture", "off"),
            Map.entry("instrumentation.jdbc.enabled", "false"),
            Map.entry("ignore.urls", "/a,*.css"),
            Map.entry("x", "-1500.0"),
            Map.entry("y", "12"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "[]",
        "{'serial': 1}",
        "{\"serial\": 1, \"switches\": {},}",
        "{\"serial\": 1, \"switches\": {}} more",
        "{\"serial\": 1 \"switches\": {}}",
        "{\"serial\": 01, \"switches\": {}}",
        "{\"serial\": 1., \"switches\": {}}",
        "{\"serial\": 1, \"switches\": {\"a\": null}}",
        "{\"serial\": 1, \"switches\": {\"a\": \"\\x\"}}",
        "{\"serial\": 1, \"switches\": {\"a\": \"\\u00g0\"}}",
        "{\"serial\": 1, \"switches\": {\"a\": \"line\nbreak\"}}",
        "{\"serial\": 1, \"switches\": {\"a\": tru}}",
        "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
        "{\"serial\": 1111111111111111111, \"switches\": {}}",
      })
  void text_thatIsNoJsonOfThisKind_isRefused(String text) {
    assertThatThrownBy(() -> Switches.parse(text))
        .isInstanceOf(MalformedControlFileException.class)
        .message()
        .isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"switches\": {}} | needs a serial of 1 or more",
        "{\"serial\": 0, \"switches\": {}} | needs a serial of 1 or more",
        "{\"serial\": \"1\", \"switches\": {}} | needs a serial of 1 or more",
        "{\"serial\": 1} | needs an object named switches",
        "{\"serial\": 1, \"switchs\": {}} | has the unknown member switchs",
        "{\"serial\": 1, \"switches\": {}, \"expires\": \"soon\"} | needs a time such as",
        "{\"serial\": 1, \"switches\": {\"a\": {}}} | has no value for a",
        "{\"serial\": 1, \"switches\": {\"a\": 1, \"a\": 2}} | has a twice",
        "{\"serial\": 1, \"switches\": {\"a\": 1, \"engram.a\": 2}} | has a twice",
      })
  void what_isWrong_isSaid(String text, String said) {
    assertThatThrownBy(() -> Switches.parse(text)).hasMessageStartingWith(said);
  }
}
