package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientResponseTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, 1.1",
    "HTTP/1.0, 1.0",
    "http/1.1, 1.1",
    "HTTP_1_1, 1.1",
    "HTTP_2, 2",
    "HTTP/2.0, 2",
    "h2, 2",
    "h2_prior_knowledge, 2",
    "h3, 3",
    "quic,",
    ","
  })
  void version_isTheConventionsInEverySpelling(
      @Nullable String protocol, @Nullable String version) {
    assertThat(ClientResponse.version(protocol)).isEqualTo(version);
  }
}
