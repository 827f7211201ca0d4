package dev.engram.agent.core.ai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  @Test
  void texts_areEscaped() {
    BoundedJson json = new BoundedJson(1000).quoted("a\"b\\c\n\t\u0001\ud83d\ude00\ud83d");

    assertThat(json.toString()).isEqualTo("\"a\\\"b\\\\c\\n\\t\\u0001\ud83d\ude00\\ud83d\"");
    assertThat(json.wholeSize()).isZero();
  }

  @Test
  void beyondTheLimit_nothingIsKeptButTheSize() {
    BoundedJson json = new BoundedJson(10);
    json.quoted("0123456789abcdef").raw(",").quoted("\"\"");

    assertThat(json.toString()).hasSize(10);
    assertThat(json.wholeSize()).isEqualTo(18 + 1 + 4);
    assertThat(new BoundedJson(0).quoted("abc").toString()).isEmpty();
  }

  @Test
  void arguments_areJsonWhereTheyAre() {
    assertThat(new BoundedJson(100).json("a", " {\"b\": [1, true]}").toString())
        .isEqualTo("\"a\": {\"b\": [1, true]}");
    assertThat(new BoundedJson(100).json("a", "{\"b\"").toString())
        .isEqualTo("\"a\":\"{\\\"b\\\"\"");
  }

  @Test
  void values_becomeJson() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a", List.of(1, true, "x", Thread.State.NEW, Map.of()));
    value.put("b", null);
    assertThat(new BoundedJson(100).value(value).toString())
        .isEqualTo("{\"a\":[1,true,\"x\",\"NEW\",{}],\"b\":null}");
    assertThat(new BoundedJson(100).value(new Object()).toString())
        .isEqualTo("\"java.lang.Object\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", " [1,-2.5e3] ", "\"a\\\"b\"", "{\"a\":{\"b\":[null,false]}}", "0"})
  void json_isTold(String text) {
    assertThat(JsonSyntax.isValue(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"a\"}", "{\"a\":}", "[1,]", "[1 2]", "\"a", "{} {}", "nul", "-", "a"})
  void whatIsNoJson_isTold(String text) {
    assertThat(JsonSyntax.isValue(text)).isFalse();
  }

  @Test
  void deepNesting_isNoJsonAndNoOverflow() {
    assertThat(JsonSyntax.isValue("[".repeat(100_000) + "]".repeat(100_000))).isFalse();
  }
}
