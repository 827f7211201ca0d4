package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.List;

/**
 * An HTTP server of the matrix. All answer {@code /hello}, {@code /items/7}, {@code /echo} and
 * {@code /fail}.
 *
 * @param routes what it answers beside those
 * @param itemRoute the route of {@code /items/7}
 * @param speaksHttp2 whether it takes the upgrade of a connection to HTTP/2
 */
record ServerFixture(Fixture fixture, List<Route> routes, String itemRoute, boolean speaksHttp2) {
  ServerFixture(Fixture fixture, List<Route> routes, String itemRoute) {
    this(fixture, routes, itemRoute, false);
  }

  ServerFixture speakingHttp2() {
    return new ServerFixture(fixture, routes, itemRoute, true);
  }

  /** What not every server has. */
  enum Route {
    TEMPLATE("/items/8"),
    ASYNC("/async"),
    CALLABLE("/callable"),
    STREAM("/stream"),
    FORWARD("/forward"),

    /** Fails, and the application itself answers for it with a 503. */
    ANSWERED("/answered");

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
