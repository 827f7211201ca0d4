package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.SpanFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsersTest {
  private static final SpanFilter REQUESTS =
      new SpanFilter(0, 0, null, "SERVER", null, null, 0, 0, 0);

  private final SampleSpans spans = new SampleSpans();

  @AfterEach
  void close() {
    spans.close();
  }

  @Test
  void users_areSummedUp_mostRequestsFirst() {
    request(Map.of("user.id", "bob", "http.route", "/cart"), "ok", 1, 10);
    request(Map.of("user.id", "alice", "http.route", "/cart"), "ok", 2, 20);
    request(Map.of("user.id", "alice", "http.route", "/orders"), "error", 3, 30);
    request(Map.of("user.id", "alice", "http.route", "/orders"), "interrupted", 4, -1);
    request(Map.of("http.route", "/cart"), "ok", 5, 10);

    List<UserSummary> users = Users.find(spans.reader(), REQUESTS);

    assertThat(users).extracting(UserSummary::user).containsExactly("alice", "bob");
    UserSummary alice = users.get(0);
    assertThat(alice.services()).containsExactly("shop");
    assertThat(alice.routes()).containsExactly("/orders", "/cart");
    assertThat(alice.requests())
        .isEqualTo(
            new RequestSummary(
                new Proportion(1, 3), 30 * SampleSpans.MILLISECOND, 4 * SampleSpans.MILLISECOND));
  }

  @Test
  void routesOfAUser_areTheMostFrequentAlone() {
    for (int i = 0; i < 2 * Users.ROUTES; i++) {
      request(Map.of("user.id", "bob", "http.route", "/" + i), "ok", i, 1);
    }

    assertThat(Users.find(spans.reader(), REQUESTS).get(0).routes()).hasSize(Users.ROUTES);
  }

  @Test
  void requestsByService_areSummedUp() {
    request(Map.of(), "error", 1, 10);
    request(Map.of(), "ok", 2, 20);

    assertThat(RequestsByService.find(spans.reader(), REQUESTS))
        .isEqualTo(
            Map.of(
                "shop",
                new RequestSummary(
                    new Proportion(1, 2),
                    20 * SampleSpans.MILLISECOND,
                    2 * SampleSpans.MILLISECOND)));
  }

  private void request(Map<String, Object> attributes, String status, int start, int duration) {
    spans.add(0, "SERVER", "http", "GET", status, start, duration, attributes);
  }
}
