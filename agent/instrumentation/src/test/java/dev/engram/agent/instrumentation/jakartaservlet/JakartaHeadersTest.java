package dev.engram.agent.instrumentation.jakartaservlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JakartaHeadersTest {
  @Test
  void repeatedHeader_isOne() {
    assertThat(JakartaHeaders.of(with(List.of()), "accept")).isNull();
    assertThat(JakartaHeaders.of(with(List.of("a")), "accept")).isEqualTo("a");
    assertThat(JakartaHeaders.of(with(List.of("a", "b", "c")), "accept")).isEqualTo("a, b, c");
  }

  @Test
  void headerOfVeryManyValues_takesTimeInProportion() {
    HttpServletRequest request = with(Collections.nCopies(1 << 19, "a"));

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThat(JakartaHeaders.of(request, "accept")).hasSize(3 * (1 << 19) - 2));
  }

  private static HttpServletRequest with(List<String> values) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            JakartaHeadersTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> Collections.enumeration(values));
  }
}
