package dev.engram.agent.instrumentation.langgraph4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class LangGraph4jCaptureTest {
  @Test
  void exceptionOfTheAction_isWhatIsWrapped() {
    IllegalStateException own = new IllegalStateException("closed");
    ExecutionException bare = new ExecutionException(null);

    assertThat(LangGraph4jCapture.unwrapped(own)).isSameAs(own);
    assertThat(LangGraph4jCapture.unwrapped(new CompletionException(new ExecutionException(own))))
        .isSameAs(own);
    assertThat(LangGraph4jCapture.unwrapped(bare)).isSameAs(bare);
    assertThat(LangGraph4jCapture.unwrapped(null)).isNull();
  }

  @Test
  void exceptionsThatWrapEachOther_comeToAnEnd() {
    Wrapper outer = new Wrapper();
    Wrapper inner = new Wrapper();
    outer.initCause(inner);
    inner.initCause(outer);

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThat(LangGraph4jCapture.unwrapped(outer)).isIn(outer, inner));
  }

  private static final class Wrapper extends CompletionException {
    private static final long serialVersionUID = 1;
  }
}
