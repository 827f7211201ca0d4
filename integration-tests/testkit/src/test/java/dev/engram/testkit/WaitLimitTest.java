package dev.engram.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Nothing here sets it: JUnit does, where this module is on the class path. */
class WaitLimitTest {
  @Test
  void condition_isWaitedForLongerThanTheLibraryDoes() {
    AtomicLong millisLeft = new AtomicLong();

    await()
        .conditionEvaluationListener(look -> millisLeft.set(look.getRemainingTimeInMS()))
        .until(() -> true);

    assertThat(millisLeft).hasValueGreaterThan(30_000);
  }
}
