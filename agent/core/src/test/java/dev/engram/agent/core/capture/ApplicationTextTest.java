package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplicationTextTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
  }

  @Test
  void arraysAndNull_areReadable() {
    assertThat(ApplicationText.of(new String[] {"a", null})).isEqualTo("[a, null]");
    assertThat(ApplicationText.of(null)).isEqualTo("null");
    assertThat(ApplicationText.of(saying(() -> null))).isEqualTo("null");
  }

  @Test
  void whateverIsThrown_isNamedAndDoesNotEscape() {
    assertThat(
            ApplicationText.of(
                saying(
                    () -> {
                      throw new ThreadDeath();
                    })))
        .isEqualTo("[unreadable: java.lang.ThreadDeath]");
    assertThat(ApplicationText.of(saying(ApplicationTextTest::endless)))
        .isEqualTo("[unreadable: java.lang.StackOverflowError]");
    assertThat(ApplicationText.isAsking()).isFalse();
  }

  /** It would be remembered below the request as if the application had done it. */
  @Test
  void whatTheApplicationDoesForUs_isNotRemembered() {
    Object busy =
        saying(
            () -> {
              assertThat(ApplicationText.of(saying(() -> "inner"))).isEqualTo("inner");
              Tracing.exception(new Exception(), ExceptionOrigin.LOGGED, null);
              return "opened " + Tracing.open(SpanKind.CLIENT, Category.SQL, "SELECT");
            });
    assertThat(ApplicationText.of(busy)).isEqualTo("opened null");
    assertThat(sink.accepted).isEmpty();
    assertThat(Tracing.open(SpanKind.CLIENT, Category.SQL, "SELECT")).isNotNull();
  }

  private static String endless() {
    return endless() + ".";
  }

  private static Object saying(Supplier<String> text) {
    return new Object() {
      @Override
      public String toString() {
        return text.get();
      }
    };
  }
}
