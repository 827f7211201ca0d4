package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that may be stack traces, and traces whose messages say anything. */
class ThrowableTextFuzzTest {
  private static final List<String> LINES =
      List.of(
          "java.io.IOException: gone",
          "Caused by: com.acme.NoBox: no box",
          "\tSuppressed: com.acme.NoBox",
          "\t\tat app//com.acme@1/com.acme.Shop.buy(Shop.java:17)",
          "\tat com.acme.Shop$$Lambda/0x7f.accept(Unknown Source)",
          "\t... 3 more",
          "\t[CIRCULAR REFERENCE: com.acme.NoBox]",
          "Caused by: [CIRCULAR REFERENCE: com.acme.NoBox]");

  @FuzzTest(maxDuration = "20s")
  void text_isATraceOrNone(FuzzedDataProvider data) {
    String message = data.consumeString(100);
    assertComesBack(message);
    StringBuilder text = new StringBuilder();
    while (data.remainingBytes() > 0 && text.length() < 10_000) {
      int line = data.consumeInt(0, LINES.size());
      text.append(line == LINES.size() ? data.consumeString(80) : LINES.get(line));
      text.append(data.consumeBoolean() ? "\n" : "\r\n");
    }
    @Nullable ThrowableShape read = ThrowableText.parse(text.toString());
    if (read != null) {
      assertThat(Fingerprint.of(read, InAppFrames.of(List.of()))).isNotZero();
    }
  }

  private static void assertComesBack(String anything) {
    String message = anything.replaceAll("[\\n\\r]", " ");
    Exception thrown = new IllegalStateException(message, new ArithmeticException("below"));
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));

    ThrowableShape read = ThrowableText.parse(text.toString());

    assertThat(read).isNotNull();
    assertThat(read.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(read.message()).isEqualTo(message.stripTrailing());
    assertThat(read.frames()).hasSameSizeAs(thrown.getStackTrace());
    assertThat(read.cause()).isNotNull();
    assertThat(read.cause().message()).isEqualTo("below");
  }
}
