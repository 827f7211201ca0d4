package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRequestTest {
  @Test
  void spanName_isMethodAndRoute() {
    assertThat(ServerRequest.spanName("GET", "/orders/{id}")).isEqualTo("GET /orders/{id}");
    assertThat(ServerRequest.spanName("GET", null)).isEqualTo("GET");
  }

  @Test
  void inventedMethod_doesNotBecomeAName() {
    assertThat(ServerRequest.spanName("GET4711", null)).isEqualTo("HTTP");
  }

  @ParameterizedTest
  @CsvSource({
    "/orders, /orders",
    "/orders;jsessionid=abc, /orders",
    "/a;jsessionid=abc/b;v=1, /a/b;v=1",
    "/a;jsessionid=abc/b;jsessionid=def, /a/b",
    "/a;v=1;jsessionid=abc;w=2, /a;v=1;w=2"
  })
  void path_losesTheSessionId(String path, String shown) {
    assertThat(ServerRequest.withoutSessionId(path)).isEqualTo(shown);
  }

  @Test
  void pathOfManySessionIds_takesTimeInProportion() {
    String path = "/orders" + ";jsessionid=abc".repeat(1 << 17);

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThat(ServerRequest.withoutSessionId(path)).isEqualTo("/orders"));
  }
}
