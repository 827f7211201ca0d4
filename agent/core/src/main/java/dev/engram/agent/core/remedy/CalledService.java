package dev.engram.agent.core.remedy;

import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Another service that is called, with what is known of it. Thread-safe. */
final class CalledService {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final String place;
  private final String sort;
  private final String host;
  private final int port;
  private final Circuit circuit = new Circuit();
  private final LimitedPeer limit;
  private final OverloadWatch overload;

  /**
   * One of which nothing is known yet.
   *
   * @param place such as {@code http api.example:443}, or {@code ai …} where models are asked
   */
  CalledService(String place, long nanoTime) {
    int colon = place.lastIndexOf(':');
    this.place = place;
    this.sort = place.substring(0, place.indexOf(' ') + 1);
    this.host = place.substring(sort.length(), colon);
    this.port = Integer.parseInt(place.substring(colon + 1));
    this.limit = new LimitedPeer(place, nanoTime);
    this.overload = new OverloadWatch(limit, () -> ThreadLocalRandom.current().nextBoolean());
  }

  /**
   * The place of one.
   *
   * @param port not positive when it is the scheme's own
   * @param path with or without a query
   */
  static String place(
      String method, String host, int port, boolean isSecure, @Nullable String path) {
    int own = isSecure ? HTTPS_PORT : HTTP_PORT;
    String sort = Endpoint.of(method, host, path) == null ? "http " : "ai ";
    return place(sort, host, port > 0 ? port : own);
  }

  private static String place(String sort, String host, int port) {
    return sort + host.toLowerCase(Locale.ROOT) + ':' + port;
  }

  String place() {
    return place;
  }

  Circuit circuit() {
    return circuit;
  }

  LimitedPeer limit() {
    return limit;
  }

  OverloadWatch overload() {
    return overload;
  }

  /** Whether this was sent here. */
  boolean isOf(ClientRequest sent) {
    return port(sent) == port && host.equalsIgnoreCase(sent.host());
  }

  /** The place that this was sent to, which was to be sent here; null where it is not known. */
  @Nullable String placeOf(ClientRequest sent) {
    String elsewhere = sent.host();
    return elsewhere == null ? null : place(sort, elsewhere, port(sent));
  }

  /** What a call fails with that is not made, by this remedy. */
  IOException notCalled(Remedy remedy) {
    IOException spared =
        new ConnectException(
            "not called, because it has answered nothing but failures: "
                + place
                + " (engram remedies explain "
                + remedy.id()
                + ")");
    Healing.dealtWith(spared);
    return spared;
  }

  private static int port(ClientRequest sent) {
    return sent.port() > 0 ? sent.port() : sent.defaultPort();
  }
}
