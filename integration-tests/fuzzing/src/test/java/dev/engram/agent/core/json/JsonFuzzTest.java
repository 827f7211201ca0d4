package dev.engram.agent.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * What models and their clients write may be any text: it is read without an exception, and what is
 * written of it again is JSON, of which the beginning may be kept.
 */
class JsonFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void parse_endsAndWhatIsWrittenOfIt_isJson(FuzzedDataProvider data) {
    int limit = data.consumeInt(0, 200);
    String text = data.consumeRemainingAsString();
    Json json = Json.parse(text);
    json.elements().forEach(Json::texts);
    assertThat(json.get("a").text("none")).isNotNull();

    Object value = json.wholly();
    String written = new BoundedJson(Integer.MAX_VALUE).value(value).toString();
    assertThat(JsonSyntax.isValue(written)).as(written).isTrue();
    assertThat(written).startsWith(new BoundedJson(limit).value(value).toString());
  }
}
