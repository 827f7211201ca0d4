package dev.engram.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MethodTextTest {
  @Test
  void oneArgument_standsAlone() {
    assertThat(ofArguments("why?")).isEqualTo("why?");
  }

  @Test
  void severalArguments_areNamed() {
    assertThat(ofArguments("why?", 3)).isEqualTo("question: why?\narg1: 3");
  }

  @Test
  void noArgument_isEmpty() {
    assertThat(ofArguments()).isEmpty();
  }

  private static String ofArguments(Object... arguments) {
    return MethodText.ofArguments(List.of("question"), arguments);
  }
}
