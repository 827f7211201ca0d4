package dev.engram.agent.core.ai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.engram.agent.core.json.BoundedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies of any text, of pieces of questions in any order, and questions that say anything. */
class ModelNameFuzzTest {
  private static final List<String> PIECES =
      List.of("{", "}", "[", "]", ",", ":", "\"model\"", "\"a\"", "\"\\\"\"", "\\", "\"", " ", "1");

  @FuzzTest(maxDuration = "10s")
  void name_isReplacedAlone(FuzzedDataProvider data) {
    String body = data.consumeBoolean() ? data.consumeRemainingAsString() : pieces(data);
    byte[] bytes = bytes(body);
    ModelName name = ModelName.in(bytes);
    if (name != null) {
      assertThat(name.replacedBy(name.text())).isEqualTo(bytes);
      ModelName other = ModelName.in(name.replacedBy("other"));
      assertThat(other).isNotNull();
      assertThat(other.text()).isEqualTo("other");
    }
  }

  @FuzzTest(maxDuration = "10s")
  void question_namesItsModel_whateverItSays(FuzzedDataProvider data) {
    String said = new BoundedJson(Integer.MAX_VALUE).quoted(data.consumeRemainingAsString()) + "";
    String body = "{\"said\":[%1$s,{%1$s:%1$s}],\"model\":\"%2$s\",\"last\":%1$s}";
    ModelName name = ModelName.in(bytes(body.formatted(said, "large")));

    assertThat(name).isNotNull();
    assertThat(name.replacedBy("small")).isEqualTo(bytes(body.formatted(said, "small")));
  }

  private static String pieces(FuzzedDataProvider data) {
    StringBuilder body = new StringBuilder("{");
    for (int i = data.consumeInt(0, 30); i > 0; i--) {
      body.append(data.pickValue(PIECES));
    }
    return body.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
