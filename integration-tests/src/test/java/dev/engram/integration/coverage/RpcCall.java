package dev.engram.integration.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a fixture that makes it call a remote procedure.
 *
 * @param method with its service where that is not {@code acme.Orders}
 * @param server null when the call reaches no service, belongs to another trace there, or asks
 *     whether the service lives
 * @param work spans that the service and the callbacks of its client leave
 * @param exceptions remembered of both sides
 */
record RpcCall(
    String route, String method, Side client, @Nullable Side server, int work, int exceptions) {
  /** With which of these statuses a side ends, and which of them are its failures. */
  record Side(List<String> codes, List<String> failures) {
    static final Side OK = new Side(List.of("OK"), List.of());

    static Side failed(String code) {
      return new Side(List.of(code), List.of(code));
    }

    boolean isFailure(JsonNode attributes) {
      return failures.contains(attributes.path("rpc.response.status_code").asText());
    }
  }

  /** The service and its method. */
  String fullMethod() {
    return method.contains("/") ? method : "acme.Orders/" + method;
  }

  static final List<RpcCall> ALL =
      List.of(
          new RpcCall("/unary", "Place", Side.OK, Side.OK, 1, 0),
          new RpcCall("/near", "Place", Side.OK, Side.OK, 1, 0),
          new RpcCall("/future", "Place", Side.OK, Side.OK, 1, 0),
          new RpcCall("/callback", "Place", Side.OK, Side.OK, 2, 0),
          new RpcCall("/server-streaming", "List", Side.OK, Side.OK, 1, 0),
          new RpcCall("/client-streaming", "Sum", Side.OK, Side.OK, 2, 0),
          new RpcCall("/both-streaming", "Chat", Side.OK, Side.OK, 2, 0),
          new RpcCall("/throws", "Throw", Side.failed("UNKNOWN"), Side.failed("UNKNOWN"), 0, 1),
          new RpcCall("/fails", "Fail", Side.failed("INTERNAL"), Side.failed("INTERNAL"), 0, 1),
          new RpcCall(
              "/not-found",
              "Find",
              Side.failed("NOT_FOUND"),
              new Side(List.of("NOT_FOUND"), List.of()),
              0,
              0),
          new RpcCall(
              "/late",
              "Wait",
              Side.failed("DEADLINE_EXCEEDED"),
              // The client's cancellation and the server's own clock may come in either order.
              new Side(List.of("CANCELLED", "DEADLINE_EXCEEDED"), List.of("DEADLINE_EXCEEDED")),
              0,
              0),
          new RpcCall(
              "/cancelled",
              "Wait",
              Side.failed("CANCELLED"),
              new Side(List.of("CANCELLED"), List.of()),
              0,
              0),
          new RpcCall("/refused", "Place", Side.failed("UNAVAILABLE"), null, 0, 1),
          new RpcCall("/health", "grpc.health.v1.Health/Check", Side.OK, null, 0, 0),
          new RpcCall("/headers", "Place", Side.OK, Side.OK, 1, 0),
          new RpcCall("/copied", "Place", Side.OK, Side.OK, 1, 0),
          new RpcCall("/own", "Place", Side.OK, null, 0, 0));
}
