package dev.engram.agent.record.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Remedies of any text, or of pieces of JSON in any order. */
class RemediesFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          ",",
          "\"id\":\"R-00000000002a\",\"action\":\"retry method a.B#c\",",
          "\"fingerprint\":\"2a\",",
          "\"state\":\"trial\",",
          "\"share\":0.5,",
          "\"attempts\":6,",
          "\"attempts\":9223372036854775808,",
          "\"base_ms\":100,",
          "\"cap_ms\":2000",
          "1e400");

  @FuzzTest(maxDuration = "20s")
  void parse_givesRemediesWithinTheirBounds_orSaysWhatIsWrong(FuzzedDataProvider data)
      throws MalformedControlFileException {
    String text = data.consumeBoolean() ? data.consumeRemainingAsString() : pieces(data);
    Remedies remedies;
    try {
      remedies = Remedies.parse(text);
    } catch (MalformedControlFileException told) {
      assertThat(told.getMessage()).isNotBlank();
      return;
    }
    assertThat(remedies.remedies()).allMatch(it -> it.share() >= 0 && it.share() <= 1);
    assertThat(remedies.remedies())
        .filteredOn(it -> it.kind() == Remedy.Kind.RETRY)
        .allMatch(it -> it.attempts() >= 2 && it.attempts() <= Remedy.MOST_ATTEMPTS)
        .allMatch(it -> it.baseMillis() >= 1 && it.capMillis() <= Remedy.LONGEST_WAIT_MILLIS);
    assertThat(remedies.remedies())
        .filteredOn(it -> it.kind() != Remedy.Kind.RETRY)
        .allMatch(it -> it.attempts() == 1 && it.capMillis() == 0);
    assertThat(Remedies.parse(remedies.toJson())).isEqualTo(remedies);
  }

  private static String pieces(FuzzedDataProvider data) {
    StringBuilder text =
        new StringBuilder("{\"serial\":1,\"expires\":\"2026-01-31T09:30:00Z\",\"remedies\":[{");
    for (int i = data.consumeInt(0, 20); i > 0; i--) {
      text.append(data.pickValue(PIECES));
    }
    return text.append(data.consumeRemainingAsString()).append("}]}").toString();
  }
}
