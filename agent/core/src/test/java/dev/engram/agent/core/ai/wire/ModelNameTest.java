package dev.engram.agent.core.ai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
  @Test
  void nameAtTheTop_isReplaced_andNothingElseIsChanged() {
    String body =
        "{ \"messages\":[{\"model\":\"inner\",\"content\":\"say \\\"model\\\": \\\"x\\\\\"}],"
            + "\"kind\" : \"model\",\t\"model\" :\n \"größe-1\" ,\"n\":{\"model\":[1]} }";
    ModelName name = Objects.requireNonNull(ModelName.in(bytes(body)));

    assertThat(name.text()).isEqualTo("größe-1");
    assertThat(new String(name.replacedBy("a/b:2"), StandardCharsets.UTF_8))
        .isEqualTo(body.replace("größe-1", "a/b:2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "model",
        "{}",
        "\"model\":\"a\"",
        "[\"model\",\"a\"]",
        "{\"model\"}",
        "{\"model\":",
        "{\"model\":\"a",
        "{\"model\":\"a\"",
        "{\"model\":7}",
        "{\"model\":null}",
        "{\"model\":{\"name\":\"a\"}}",
        "{\"model\":\"a\\u0062\"}",
        "{\"model\":\"a\",\"model\":\"b\"}",
        "{\"model\":\"a\",\"model\":1}",
        "{\"models\":\"a\"}",
        "{\"mode\":\"a\"}",
        "{\"in\":{\"model\":\"a\"}}",
      })
  void bodyThatNamesNoOneModelAtItsTop_hasNone(String body) {
    assertThat(ModelName.in(bytes(body))).isNull();
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
