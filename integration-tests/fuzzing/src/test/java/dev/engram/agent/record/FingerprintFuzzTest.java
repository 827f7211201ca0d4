package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types, messages and frames that no program would write on purpose. */
class FingerprintFuzzTest {
  private static final InAppFrames ACME = InAppFrames.of(List.of("com.acme"));
  private static final InAppFrames UNCONFIGURED = InAppFrames.of(List.of());

  @FuzzTest(maxDuration = "20s")
  void fingerprint_isDefinedAndBounded(FuzzedDataProvider data) {
    ThrowableShape thrown = throwable(data, data.consumeInt(0, 70));
    for (InAppFrames inApp : List.of(ACME, UNCONFIGURED)) {
      long fingerprint = Fingerprint.of(thrown, inApp);
      assertThat(fingerprint).isNotZero().isEqualTo(Fingerprint.of(thrown, inApp));
      assertThat(Fingerprint.label(fingerprint)).matches("E-[0-9a-f]{12}");
    }
    String message = thrown.message();
    if (message != null) {
      assertThat(MessageTemplate.of(message).length()).isLessThanOrEqualTo(16 + 12 * 2048);
      assertThat(MessageTemplate.of(message + " 17"))
          .isEqualTo(MessageTemplate.of(message + " 40"));
    }
  }

  private static ThrowableShape throwable(FuzzedDataProvider data, int causes) {
    @Nullable ThrowableShape cause = causes == 0 ? null : throwable(data, causes - 1);
    String type = data.consumeString(200);
    List<StackFrame> frames = new ArrayList<>();
    for (int i = data.consumeInt(0, 4); i > 0; i--) {
      frames.add(
          new StackFrame(
              data.consumeString(80), data.consumeString(40), data.consumeString(20), 1));
    }
    @Nullable String message = data.consumeBoolean() ? data.consumeString(4000) : null;
    return new ThrowableShape(type, message, 0, frames, 0, cause, List.of());
  }
}
