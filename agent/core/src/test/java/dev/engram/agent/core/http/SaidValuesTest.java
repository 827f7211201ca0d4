package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SaidValuesTest {
  @Test
  void whatIsNotEncodedAsItShouldBe_staysAsItIs() {
    assertThat(SaidValues.decoded("a+b%20%C3%a9")).isEqualTo("a b \u00e9");
    assertThat(SaidValues.decoded("100%")).isEqualTo("100%");
    assertThat(SaidValues.decoded("100%4")).isEqualTo("100%4");
    assertThat(SaidValues.decoded("%41%-1")).isEqualTo("%41%-1");
    assertThat(SaidValues.decoded("%%41")).isEqualTo("%%41");
  }

  /** An exception on such a thread costs many times what one value does. */
  @Test
  void manyValuesOfThatSort_costLittleOnADeepStack() {
    String form = "a=%4&".repeat(1 << 18) + "b=c";

    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    assertThat(saidBelow(1_000, form).get("b")).isEqualTo("c");
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(5_000_000_000L);
  }

  private static SaidValues saidBelow(int frames, String form) {
    return frames == 0 ? new SaidValues(Map.of(), form, null) : saidBelow(frames - 1, form);
  }
}
