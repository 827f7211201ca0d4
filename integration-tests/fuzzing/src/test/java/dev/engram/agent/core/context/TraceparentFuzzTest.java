package dev.engram.agent.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.regex.Pattern;

/** Headers of any text, and right ones with a few characters changed, added or missing. */
class TraceparentFuzzTest {
  private static final String RIGHT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** As the standard says it, all zeros apart. */
  private static final Pattern FORM =
      Pattern.compile(
          "(00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"
              + "|(?!00|ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?)",
          Pattern.DOTALL);

  @FuzzTest(maxDuration = "20s")
  void parse_takesWhatTheStandardAllows(FuzzedDataProvider data) {
    String header = data.consumeBoolean() ? changed(data) : data.consumeRemainingAsString();
    Traceparent parsed = Traceparent.parse(header);
    if (parsed == null) {
      assertThat(header)
          .matches(text -> !FORM.matcher(text).matches() || hasZeros(text), "not in order");
      return;
    }
    assertThat(header).matches(FORM);
    assertThat(parsed.format().substring(0, 53)).isEqualTo("00" + header.substring(2, 53));
    assertThat(Traceparent.parse(parsed.format())).isEqualTo(parsed);
  }

  private static boolean hasZeros(String header) {
    return header.startsWith("0".repeat(32), 3) || header.startsWith("0".repeat(16), 36);
  }

  private static String changed(FuzzedDataProvider data) {
    StringBuilder header = new StringBuilder(RIGHT);
    for (int i = data.consumeInt(0, 3); i > 0; i--) {
      int at = data.consumeInt(0, header.length() - 1);
      int end = data.consumeInt(at, Math.min(at + 33, header.length()));
      header.replace(at, end, data.pickValue(new String[] {"0".repeat(end - at), "-", "f", "G"}));
      if (header.isEmpty()) {
        break;
      }
    }
    return header.append(data.consumeRemainingAsString()).toString();
  }
}
