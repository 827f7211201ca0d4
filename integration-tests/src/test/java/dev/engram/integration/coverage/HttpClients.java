package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.List;

/** The HTTP clients of the matrix, the latest version of each last. */
final class HttpClients {
  /**
   * @param connects how often it tries to connect to where nobody listens
   */
  record ClientFixture(Fixture fixture, int connects) {
    @Override
    public String toString() {
      return fixture.toString();
    }
  }

  private HttpClients() {}

  static List<ClientFixture> all() {
    return List.of(
        client(2, "JDK HttpClient", "of the JDK", "jdk-http-client"),
        client(1, "HttpURLConnection", "of the JDK", "http-url-connection"),
        okHttp("4.0.0", "okhttp"),
        okHttp("4.12.0", "okhttp"),
        okHttp("5.5.1", "okhttp-jvm"),
        apache("4.5", "apache-http-client-4", "org.apache.httpcomponents:httpclient"),
        apache("4.5.14", "apache-http-client-4", "org.apache.httpcomponents:httpclient"),
        apache("5.0", "apache-http-client-5", "org.apache.httpcomponents.client5:httpclient5"),
        apache("5.6.5", "apache-http-client-5", "org.apache.httpcomponents.client5:httpclient5"),
        reactorNetty("1.0.0"),
        reactorNetty("1.3.8"),
        webClient("2.7.18"),
        webClient("4.1.2"));
  }

  private static ClientFixture reactorNetty(String version) {
    return client(
        1,
        "Reactor Netty",
        version,
        "reactor-netty-client",
        "io.projectreactor.netty:reactor-netty-http:" + version);
  }

  private static ClientFixture webClient(String version) {
    return client(
        1,
        "Spring WebClient (Boot)",
        version,
        "web-client",
        "org.springframework.boot:spring-boot-starter-webflux:" + version);
  }

  private static ClientFixture okHttp(String version, String artifact) {
    return client(
        1, "OkHttp", version, "okhttp", "com.squareup.okhttp3:" + artifact + ":" + version);
  }

  private static ClientFixture apache(String version, String folder, String artifact) {
    return client(
        1,
        "Apache HttpClient " + version.charAt(0),
        version,
        folder,
        artifact + ":" + version,
        "org.slf4j:slf4j-nop:2.0.17");
  }

  private static ClientFixture client(
      int connects, String framework, String version, String folder, String... coordinates) {
    return new ClientFixture(
        Fixture.of(framework, version, folder, coordinates).with("http-client").with("routes"),
        connects);
  }
}
