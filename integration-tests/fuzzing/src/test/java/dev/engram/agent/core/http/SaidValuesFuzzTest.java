package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;

/** Any path, body and query that a caller may send: a value or none, and no exception. */
class SaidValuesFuzzTest {
  private static final FeedbackEndpoint ENDPOINT =
      FeedbackEndpoint.parse("POST /chats/{chat}/* score:rating.stars", List.of("order_id"));

  @FuzzTest(maxDuration = "20s")
  void request_saysAValueOrNone(FuzzedDataProvider data) {
    String path = data.consumeString(100);
    String query = data.consumeString(100);
    String body = data.consumeRemainingAsString();
    Map<String, String> said = ENDPOINT.match("POST", "/chats/" + path + "/rating");
    if (said != null) {
      assertThat(said).containsOnlyKeys("chat");
    }
    for (String name : List.of("rating.stars", "score", "")) {
      String value = new SaidValues(Map.of(), body, query).get(name);
      assertThat(value == null || !value.isEmpty()).isTrue();
      assertThat(Double.isInfinite(FeedbackRequests.score(value))).isFalse();
    }
  }
}
