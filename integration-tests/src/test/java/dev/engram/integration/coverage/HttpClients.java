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
    return List.of(client(2, "JDK HttpClient", "of the JDK", "jdk-http-client"));
  }

  private static ClientFixture client(
      int connects, String framework, String version, String folder, String... coordinates) {
    return new ClientFixture(
        Fixture.of(framework, version, folder, coordinates).with("http-client").with("routes"),
        connects);
  }
}
