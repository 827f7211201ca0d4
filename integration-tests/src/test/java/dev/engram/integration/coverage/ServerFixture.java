package dev.engram.integration.coverage;

import dev.engram.integration.harness.Certificate;
import dev.engram.integration.harness.Fixture;
import java.util.List;

/**
 * An HTTP server of the matrix. All answer {@code /hello}, {@code /items/7}, {@code /echo} and
 * {@code /fail}.
 *
 * @param routes what it answers beside those
 * @param itemRoute the route of {@code /items/7}
 * @param speaksHttp2 whether it takes HTTP/2 in the clear, by an upgrade and with prior knowledge
 * @param speaksTls whether it takes HTTP/2 over TLS on another port, which it prints
 */
record ServerFixture(
    Fixture fixture, List<Route> routes, String itemRoute, boolean speaksHttp2, boolean speaksTls) {
  ServerFixture(Fixture fixture, List<Route> routes, String itemRoute) {
    this(fixture, routes, itemRoute, false, false);
  }

  ServerFixture speakingHttp2() {
    return new ServerFixture(fixture, routes, itemRoute, true, speaksTls);
  }

  ServerFixture speakingTls() {
    return new ServerFixture(fixture, routes, itemRoute, speaksHttp2, true);
  }

  /** For its JVM. */
  String[] options() {
    String keyStore = "-Dcom.acme.key-store=" + Certificate.selfSigned().keyStore();
    return speaksTls ? new String[] {keyStore} : new String[0];
  }

  /** What not every server has. */
  enum Route {
    TEMPLATE("/items/8"),
    ASYNC("/async"),
    CALLABLE("/callable"),
    STREAM("/stream"),
    FORWARD("/forward"),

    /** Fails, and the application itself answers for it with a 503. */
    ANSWERED("/answered"),

    /**
     * Fails with an error that is no exception. The last of all: Helidon 4.0 closes the connection
     * without saying so, and only a GET is sent again.
     */
    CRASH("/crash");

    private final String path;

    Route(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
