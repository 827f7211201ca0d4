package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.List;

/**
 * An HTTP server of the matrix. All answer {@code /hello}, {@code /items/7}, {@code /echo} and
 * {@code /fail}.
 *
 * @param routes what it answers beside those
 * @param itemRoute the route of {@code /items/7}
 */
record ServerFixture(Fixture fixture, List<Route> routes, String itemRoute) {
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
