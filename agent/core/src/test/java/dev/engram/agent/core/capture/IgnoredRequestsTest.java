package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.config.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredRequestsTest {
  private static final IgnoredRequests USUAL = CapturePolicy.of(Configuration.of("")).ignored();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health",
        "/shop/actuator/health",
        "/actuator/health/liveness",
        "/healthz",
        "/livez",
        "/readyz",
        "/favicon.ico",
        "/static/css/main.8f2a.css",
        "/app.js",
        "/img/logo.png",
      })
  void healthChecksAndStaticFiles_areIgnoredAsAMatterOfCourse(String path) {
    assertThat(USUAL.matches("GET", path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "", "/orders/17", "/actuator/info", "/health", "/css", "/orders/a.json"})
  void whatTheServiceIsFor_isNot(String path) {
    assertThat(USUAL.matches("GET", path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/*/c, /a/b/c, true",
    "/a/*/c, /a/b/x/c, true",
    "/a/*/c, /a/c, false",
    "/a*, /a, true",
    "/a*, /b/a, false",
    "*/a, /b/a, true",
    "*a*b*, ab, true",
    "ping, /x/ping, true",
    "ping, /x/pinging, false",
    "p*g, /x/ping, true",
    "*.tar.gz, /x/a.tar.gz, true",
    "*.tar.gz, /x/a.gz, false",
    "/exact, /exact, true",
    "/exact, /exactly, false",
    "*, /anything, true",
  })
  void pattern_fitsOrNot(String pattern, String path, boolean fits) {
    assertThat(new IgnoredRequests(List.of(), List.of(pattern)).matches("GET", path))
        .isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, /img/logo.png, true",
    "PUT, /img/logo.png, false",
    "POST, /upload/a.tar.gz, false",
    "GET, /upload/a.tar.gz, true",
    "DELETE, /shop/healthz, true",
    "POST, /static/a.txt, true",
  })
  void ending_isOfFilesThatAreRead(String method, String path, boolean fits) {
    List<String> patterns = List.of("*.png", "*.tar.gz", "healthz", "/static/*");

    assertThat(new IgnoredRequests(List.of(), patterns).matches(method, path)).isEqualTo(fits);
  }

  @Test
  void method_isEnough() {
    IgnoredRequests ignored = new IgnoredRequests(List.of("options"), List.of());

    assertThat(ignored.matches("OPTIONS", "/orders")).isTrue();
    assertThat(ignored.matches("GET", "/orders")).isFalse();
  }

  @Test
  void parameterOfAPath_hidesNothing() {
    IgnoredRequests ignored = new IgnoredRequests(List.of(), List.of("*.css", "healthz"));

    assertThat(ignored.matches("GET", "/admin/delete;a.css")).isFalse();
    assertThat(ignored.matches("GET", "/admin/delete;/healthz;x")).isTrue();
    assertThat(ignored.matches("GET", "/styles/a.css;v=1")).isTrue();
  }
}
