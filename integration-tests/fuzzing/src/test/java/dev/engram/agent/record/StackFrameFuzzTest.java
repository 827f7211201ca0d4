package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Lines of stack traces, of any text, and of frames that no compiler would make. */
class StackFrameFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void frame_isWhatItsTextSays(FuzzedDataProvider data) {
    StackFrame odd =
        new StackFrame(
            data.consumeString(40),
            data.consumeString(40),
            data.consumeBoolean() ? data.consumeString(20) : null,
            data.consumeInt());
    assertComesBack(odd.text());
    String text = data.consumeRemainingAsString();
    assertComesBack(text);
    assertComesBack("com.acme.Shop.order(" + text + ")");
    assertThat(StackFrame.parse("com.acme." + name(text) + ".order(Shop.java:17)"))
        .isEqualTo(new StackFrame("com.acme." + name(text), "order", "Shop.java", 17));
  }

  /** What was read is read again as itself: nothing is lost on the way to the store and back. */
  private static void assertComesBack(String text) {
    StackFrame frame = StackFrame.parse(text);
    StackFrame again = StackFrame.parse(frame.text());
    assertThat(again.className()).isEqualTo(frame.className());
    assertThat(again.methodName()).isEqualTo(frame.methodName());
  }

  private static String name(String text) {
    return text.replaceAll("[^A-Za-z0-9_$]", "_") + "a";
  }
}
