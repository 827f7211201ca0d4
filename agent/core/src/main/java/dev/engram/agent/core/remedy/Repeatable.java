package dev.engram.agent.core.remedy;

import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.capture.Thrown;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** After which failures a request may be sent again. Pure. */
enum Repeatable {
  /** It only reads. */
  ALWAYS,
  /** What it does twice it may do wrong: only where surely nothing was done yet. */
  UNDONE,
  NEVER;

  private static final int MOST_CAUSES = 16;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> IDEMPOTENT = Set.of("PUT", "DELETE");

  /** What is thrown before anything of a request was sent. */
  private static final Set<String> NOT_CONNECTED =
      Set.of(
          "java.net.ConnectException",
          "java.net.NoRouteToHostException",
          "java.net.UnknownHostException",
          "java.net.http.HttpConnectTimeoutException",
          "java.nio.channels.UnresolvedAddressException",
          "org.apache.hc.client5.http.ConnectTimeoutException",
          "org.apache.http.conn.ConnectTimeoutException");

  /**
   * Of a request whose body, if it has one, can be sent again. A model is asked by POST: what it
   * says twice costs twice.
   *
   * @param path with or without a query
   */
  static Repeatable of(String method, @Nullable String host, @Nullable String path) {
    if (READING.contains(method)) {
      return ALWAYS;
    }
    return IDEMPOTENT.contains(method) || Endpoint.of(method, host, path) != null ? UNDONE : NEVER;
  }

  /** Whether after this failure. */
  boolean isAfter(Throwable thrown) {
    return this == ALWAYS || (this == UNDONE && isBeforeAnything(thrown));
  }

  /** Whether after this answer. */
  boolean isAfter(Refusal refusal) {
    return this == ALWAYS || (this == UNDONE && refusal.isBeforeAnything());
  }

  /** Whether no connection could be had. */
  static boolean isBeforeAnything(Throwable thrown) {
    Throwable link = thrown;
    for (int i = 0; link != null && i < MOST_CAUSES; i++) {
      for (Class<?> type = link.getClass(); type != null; type = type.getSuperclass()) {
        if (NOT_CONNECTED.contains(type.getName())) {
          return true;
        }
      }
      link = Thrown.cause(link);
    }
    return false;
  }
}
