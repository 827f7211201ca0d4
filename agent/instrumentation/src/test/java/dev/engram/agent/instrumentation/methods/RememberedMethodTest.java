package dev.engram.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.api.Remember;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedMethodTest {
  @Test
  void annotation_saysNameModelAndProvider() {
    RememberedMethod method = of("answer(java.lang.String,int)");

    assertThat(method)
        .isEqualTo(
            new RememberedMethod(
                "ask the oracle",
                Oracle.class.getName() + ".answer",
                true,
                "openai",
                "gpt-4o",
                List.of("question", "depth")));
    assertThat(method.site()).isEqualTo(Oracle.class.getName() + "#answer");
  }

  @Test
  void overload_isItsOwnMethod() {
    assertThat(of("answer(java.lang.String)").ai()).isFalse();
  }

  @Test
  void classAnnotation_standsForTheClassInTheName() {
    assertThat(of("answer(java.lang.String)").spanName()).isEqualTo("oracle.answer");
  }

  @Test
  void methodWithoutAnnotation_isNamedByClassAndMethod() {
    RememberedMethod method = RememberedMethod.of(String.class, "length()");

    assertThat(method.spanName()).isEqualTo("String.length");
    assertThat(method.functionName()).isEqualTo("java.lang.String.length");
    assertThat(method.ai()).isFalse();
  }

  @Test
  void method_isReadOnce() {
    assertThat(of("answer(java.lang.String)")).isSameAs(of("answer(java.lang.String)"));
  }

  private static RememberedMethod of(String signature) {
    return RememberedMethod.of(Oracle.class, signature);
  }

  @Remember("oracle")
  static class Oracle {
    @Remember(
        value = "ask the oracle",
        kind = Remember.Kind.AI,
        provider = "openai",
        model = "gpt-4o")
    String answer(String question, int depth) {
      return question + depth;
    }

    public String answer(String question) {
      return question;
    }
  }
}
