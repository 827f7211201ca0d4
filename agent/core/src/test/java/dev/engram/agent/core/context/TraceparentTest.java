package dev.engram.agent.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
  private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final Traceparent PARSED =
      new Traceparent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0x00f067aa0ba902b7L, 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        VALID,
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later",
      })
  void validHeader_isParsed(String header) {
    assertThat(Traceparent.parse(header)).isEqualTo(PARSED);
  }

  @ParameterizedTest
  @CsvSource({
    "00-%s-00, 00",
    "00-%s-01, 01",
    "00-%s-02, 02",
    "00-%s-03, 03",
    "00-%s-ff, 03",
    "00-%s-10, 00",
    "cc-%s-03, 01",
    "cc-%s-02-what-comes-later, 00",
  })
  void flagsThatHaveAMeaning_arePassedOn(String header, String flags) {
    String ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    Traceparent parsed = Traceparent.parse(header.formatted(ids));

    assertThat(parsed.of(1).format())
        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000001-" + flags);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
        "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
        "00-\u0664bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      })
  void malformedHeader_isIgnored(String header) {
    assertThat(Traceparent.parse(header)).isNull();
  }

  @Test
  void missingHeader_isIgnored() {
    assertThat(Traceparent.parse(null)).isNull();
  }

  @Test
  void format_isWhatParseReads() {
    assertThat(PARSED.format()).isEqualTo(VALID);
    Traceparent negative = new Traceparent(-1, Long.MIN_VALUE, 1, 1);
    assertThat(Traceparent.parse(negative.format())).isEqualTo(negative);
  }
}
