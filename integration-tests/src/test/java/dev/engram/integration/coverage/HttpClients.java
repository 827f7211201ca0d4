package dev.engram.integration.coverage;

import static dev.engram.integration.coverage.HttpClients.Can.CALL_SECURELY_ASYNC;
import static dev.engram.integration.coverage.HttpClients.Can.SPEAK_HTTP_2;
import static dev.engram.integration.coverage.HttpClients.Can.USE_A_PROXY;

import dev.engram.integration.harness.Fixture;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The HTTP clients of the matrix, the latest version of each last. */
final class HttpClients {
  enum Can {
    SPEAK_HTTP_2,
    USE_A_PROXY,

    /** Asynchronously over TLS to a server that offers HTTP/2; Apache's 5.0 fails at that. */
    CALL_SECURELY_ASYNC
  }

  /**
   * @param connects how often it tries to connect to where nobody listens
   * @param can what not every client can, or is told to here
   */
  record ClientFixture(Fixture fixture, int connects, Set<Can> can) {
    @Override
    public String toString() {
      return fixture.toString();
    }
  }

  private HttpClients() {}

  static List<ClientFixture> all() {
    return List.of(
        client(2, EnumSet.allOf(Can.class), "JDK HttpClient", "of the JDK", "jdk-http-client"),
        client(
            1,
            EnumSet.of(USE_A_PROXY, CALL_SECURELY_ASYNC),
            "HttpURLConnection",
            "of the JDK",
            "http-url-connection"),
        okHttp("4.0.0", "okhttp"),
        okHttp("4.12.0", "okhttp"),
        okHttp("5.0.0", "okhttp-jvm"),
        okHttp("5.5.1", "okhttp-jvm"),
        apache4("4.5"),
        apache4("4.5.14"),
        apache5("5.0", EnumSet.of(SPEAK_HTTP_2, USE_A_PROXY)),
        apache5("5.6.5", EnumSet.allOf(Can.class)),
        reactorNetty("1.0.0"),
        reactorNetty("1.3.8"),
        webClient("2.7.18"),
        webClient("4.1.2"),
        restTemplate("5.3.31"),
        restTemplate("7.0.10"),
        restClient("6.1.0"),
        restClient("7.0.10"));
  }

  private static ClientFixture restTemplate(String version) {
    return client(
        1,
        EnumSet.of(USE_A_PROXY, CALL_SECURELY_ASYNC),
        "Spring RestTemplate",
        version,
        "rest-template",
        "org.springframework:spring-web:" + version);
  }

  private static ClientFixture restClient(String version) {
    return client(
        2,
        EnumSet.allOf(Can.class),
        "Spring RestClient",
        version,
        "rest-client",
        "org.springframework:spring-web:" + version);
  }

  private static ClientFixture reactorNetty(String version) {
    return client(
        1,
        EnumSet.of(CALL_SECURELY_ASYNC),
        "Reactor Netty",
        version,
        "reactor-netty-client",
        "io.projectreactor.netty:reactor-netty-http:" + version);
  }

  private static ClientFixture webClient(String version) {
    return client(
        1,
        EnumSet.of(CALL_SECURELY_ASYNC),
        "Spring WebClient (Boot)",
        version,
        "web-client",
        "org.springframework.boot:spring-boot-starter-webflux:" + version);
  }

  private static ClientFixture okHttp(String version, String artifact) {
    return client(
        1,
        EnumSet.allOf(Can.class),
        "OkHttp",
        version,
        "okhttp",
        "com.squareup.okhttp3:" + artifact + ":" + version);
  }

  private static ClientFixture apache4(String version) {
    return apache(
        EnumSet.of(USE_A_PROXY, CALL_SECURELY_ASYNC),
        version,
        "apache-http-client-4",
        "org.apache.httpcomponents:httpclient");
  }

  private static ClientFixture apache5(String version, Set<Can> can) {
    return apache(
        can, version, "apache-http-client-5", "org.apache.httpcomponents.client5:httpclient5");
  }

  private static ClientFixture apache(
      Set<Can> can, String version, String folder, String artifact) {
    return client(
        1,
        can,
        "Apache HttpClient " + version.charAt(0),
        version,
        folder,
        artifact + ":" + version,
        "org.slf4j:slf4j-nop:2.0.17");
  }

  private static ClientFixture client(
      int connects,
      Set<Can> can,
      String framework,
      String version,
      String folder,
      String... coordinates) {
    return new ClientFixture(
        Fixture.of(framework, version, folder, coordinates).with("http-client").with("routes"),
        connects,
        can);
  }
}
