package dev.engram.agent.record.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** {@code switches.json} of any text, or of pieces of JSON in any order. */
class SwitchesFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"serial\":1",
          "\"switches\":{",
          "\"expires\":",
          "\"2026-01-31T09:30:00Z\"",
          "\"capture\":\"off\"",
          "\"a\":[\"b\",true,-1.5e3]",
          "\"\\u00",
          "null",
          "17",
          " ",
          "\\");

  @FuzzTest(maxDuration = "20s")
  void parse_givesSwitchesThatComeBack_orSaysWhatIsWrong(FuzzedDataProvider data)
      throws MalformedControlFileException {
    String text = data.consumeBoolean() ? data.consumeRemainingAsString() : pieces(data);
    Switches switches;
    try {
      switches = Switches.parse(text);
    } catch (MalformedControlFileException told) {
      assertThat(told.getMessage()).isNotBlank();
      return;
    }
    assertThat(Switches.parse(switches.toJson())).isEqualTo(switches);
  }

  private static String pieces(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder("{\"serial\":7,\"switches\":{");
    for (int i = data.consumeInt(0, 20); i > 0; i--) {
      text.append(data.pickValue(PIECES));
    }
    return text.append(data.consumeRemainingAsString()).append("}}").toString();
  }
}
