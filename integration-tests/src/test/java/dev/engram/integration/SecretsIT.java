package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of secret goes through every way into the memory; then ring, queue and store are
 * searched byte by byte, and so is all that is shown of them. A word beside each secret proves that
 * the way is remembered at all.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class SecretsIT {
  private static final Fixture SERVICE =
      Fixture.of("secrets", "1", "secrets", "com.h2database:h2:2.4.240");

  /** Of all requests, so that they are shown at once. */
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  /** Part of every secret, and of nothing else. */
  private static final String MARK = "Zq7Xv93K";

  private static final String BASE64 = MARK + "aB3dE5fG7hJ9kL1mN3pQ5rS7";

  /** Of no account; each shows by itself or by the name before it that it is secret. */
  private static final List<String> SECRETS =
      List.of(
          "Bearer " + BASE64,
          "Authorization: Digest response=\"" + MARK + "\"",
          "eyJhbGciOiJIUzI1NiJ9." + BASE64 + "." + BASE64,
          "-----BEGIN PRIVATE KEY-----\nMIIE" + BASE64 + "\n-----END PRIVATE KEY-----",
          "ghp_" + BASE64,
          "sk-proj-" + BASE64,
          "password=" + MARK,
          "api_key: " + MARK,
          "{\"client_secret\":\"" + MARK + "\"}",
          "jdbc:oracle:thin:scott/" + MARK + "@//db:1521/shop",
          "amqp://ada:" + MARK + "@broker:5672/",
          "Server=db;Pwd=" + MARK + ";Pooling=true");

  /** Has no place for a word of ours. */
  private static final List<String> CARDS = List.of("4111 1111 1111 1111", "378282246310005");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void noSecret_isRemembered_whereverItStood() throws IOException {
    Child service =
        SERVICE.start(
            rig,
            jdk,
            "-Dengram.capture.request-headers=x-note,cookie,authorization",
            "-Dengram.capture.response-headers=x-note,set-cookie");
    Traffic traffic = Traffic.toApplication(service);
    for (String secret : SECRETS) {
      pass(traffic, secret);
    }
    for (String card : CARDS) {
      pass(traffic, card);
    }
    assertNoSecretLies();
    service.stop();
    Memory memory = rig.memory(jdk).drain();
    assertNoSecretLies();

    assertThat(memory.shown(TRACE))
        .contains("[redacted]")
        .contains("in-a-path", "in+a+query", "in a header", "in JSON", "in+a+form", "in text")
        .contains("in a statement", "select ?", "in a failure")
        .doesNotContain(MARK)
        .doesNotContain(CARDS);
  }

  private void pass(Traffic traffic, String secret) throws IOException {
    String oneLine = secret.replace('\n', ' ');
    String path = "/echo/in-a-path/" + encoded(secret) + "?a=in+a+query&b=" + encoded(secret);
    send(traffic, path, "text/plain", "in text " + secret, "in a header " + oneLine);
    send(traffic, "/echo", "application/json", json("in JSON " + secret), oneLine);
    send(
        traffic,
        "/echo",
        "application/x-www-form-urlencoded",
        "a=in+a+form&b=" + encoded(secret),
        oneLine);
    send(traffic, "/sql", "text/plain", "in a statement " + secret, oneLine);
    assertThatThrownBy(
            () -> send(traffic, "/fail", "text/plain", "in a failure " + secret, oneLine))
        .isInstanceOf(IOException.class);
  }

  private static void send(Traffic traffic, String path, String type, String body, String header)
      throws IOException {
    traffic.send(
        TRACE,
        "POST",
        path,
        List.of(
            "content-type",
            type,
            "x-note",
            header,
            "cookie",
            "a=" + header,
            "authorization",
            header),
        BodyPublishers.ofString(body));
  }

  private static String json(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "{\"note\":\"" + escaped + "\",\"deep\":[{\"password\":\"" + MARK + "\"}]}";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void assertNoSecretLies() throws IOException {
    assertThat(HomeFiles.holding(rig.home(), MARK)).isEmpty();
    for (String card : CARDS) {
      assertThat(HomeFiles.holding(rig.home(), card)).isEmpty();
    }
  }
}
