package dev.engram.agent.record.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** What a service may recall, of any text, or of pieces of JSON in any order. */
class RecallFileFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          "\"kind\":\"decision\",",
          "\"name\":\"route\",\"id\":\"00f067aa0ba902b7\",",
          "\"time\":\"2026-01-31T09:30:00Z\",",
          "\"answer\":\"fast\",",
          "\"confidence\":0.5,",
          "\"outcome\":\"success\"",
          "\"feedback\":[{\"score\":1}],",
          "\"workflow\":7,",
          "1e400");

  @FuzzTest(maxDuration = "20s")
  void parse_givesAFileThatComesBack_orSaysWhatIsWrong(FuzzedDataProvider data)
      throws MalformedControlFileException {
    String text = data.consumeBoolean() ? data.consumeRemainingAsString() : pieces(data);
    RecallFile file;
    try {
      file = RecallFile.parse(text);
    } catch (MalformedControlFileException told) {
      assertThat(told.getMessage()).isNotBlank();
      return;
    }
    assertThat(RecallFile.parse(file.toJson())).isEqualTo(file);
  }

  private static String pieces(FuzzedDataProvider data) {
    StringBuilder text =
        new StringBuilder("{\"expires\":\"2026-01-31T09:30:00Z\",\"recollections\":[{");
    for (int i = data.consumeInt(0, 20); i > 0; i--) {
      text.append(data.pickValue(PIECES));
    }
    return text.append(data.consumeRemainingAsString()).append("}]}").toString();
  }
}
