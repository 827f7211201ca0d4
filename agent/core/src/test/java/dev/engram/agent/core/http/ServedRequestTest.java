package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedRequestTest {
  @ParameterizedTest
  @CsvSource({
    "/api/, /orders, /{id}, /api/orders/{id}",
    "/, orders, '', /orders",
    "'', /orders/, {id}, /orders/{id}",
    "/, /, /, /",
    "'', '', '', /"
  })
  void route_hasOneSlashBetweenTemplates(String base, String outer, String inner, String route) {
    assertThat(ServedRequest.route(List.of(base, outer, inner))).isEqualTo(route);
  }
}
