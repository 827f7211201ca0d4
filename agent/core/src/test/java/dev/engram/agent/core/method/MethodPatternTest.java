package dev.engram.agent.core.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodPatternTest {
  @Test
  void exactName_isMatchedByNameAlone() {
    MethodPattern pattern = MethodPattern.parse("com.acme.Pricing#quote");

    assertThat(pattern.types().names()).containsExactly("com.acme.Pricing");
    assertThat(pattern.types().condition()).isNull();
  }

  @Test
  void star_isMatchedBelowItsPrefix() {
    MethodPattern pattern = MethodPattern.parse("java.util.*List#add*");

    assertThat(pattern.types().prefixes()).isEqualTo(List.of("java.util."));
    assertThat(
            pattern
                .types()
                .condition()
                .matches(TypeDescription.ForLoadedType.of(java.util.ArrayList.class)))
        .isTrue();
    assertThat(
            pattern
                .types()
                .condition()
                .matches(TypeDescription.ForLoadedType.of(java.util.HashMap.class)))
        .isFalse();
    assertThat(pattern.methods().matches(method("addAll", java.util.Collection.class))).isTrue();
    assertThat(pattern.methods().matches(method("remove", Object.class))).isFalse();
  }

  @Test
  void methodOfATypeThatIsMeantNot_isNone() {
    MethodPattern pattern = MethodPattern.parse("java.util.Array*#add*");

    assertThat(pattern.methodsOfTypes().matches(method("addAll", java.util.Collection.class)))
        .isTrue();
    assertThat(
            MethodPattern.parse("java.util.Hash*#add*")
                .methodsOfTypes()
                .matches(method("addAll", java.util.Collection.class)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "quote", "com.acme.Pricing", "com.acme.Pricing#", "#quote", "a#b#c", "a b#c"})
  void anythingElse_namesNoMethod(String text) {
    assertThat(MethodPattern.parse(text)).isNull();
  }

  private static MethodDescription method(String name, Class<?> parameter) {
    try {
      return new MethodDescription.ForLoadedMethod(
          java.util.ArrayList.class.getMethod(name, parameter));
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
