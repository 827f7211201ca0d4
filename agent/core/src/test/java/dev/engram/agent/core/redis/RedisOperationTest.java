package dev.engram.agent.core.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisOperationTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "WRONGTYPE Operation against a key, WRONGTYPE",
        "ERR syntax error, ERR",
        "MOVED 3999 127.0.0.1:6381, MOVED",
        "OOM, OOM",
        "Connection refused, -",
        "I am no error of the server, -",
        "'', -",
        "-, -"
      })
  void code_isTheCapitalsThatAnErrorBeginsWith(String error, String code) {
    assertThat(RedisOperation.code(error)).isEqualTo(code);
  }
}
