package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.coverage.RpcCall.Side;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every remote procedure call is one CLIENT span below the request it was made in, and one SERVER
 * span below that, whichever way it ends; and the application notices nothing of it.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class RpcIT {
  private static final String OWN_TRACE = "11111111111111111111111111111111";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture fixture;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(
        List.of(
            grpc("1.50.0", "io.grpc:grpc-netty-shaded:1.50.0"),
            grpc("1.85.1", "io.grpc:grpc-netty:1.85.1", "io.grpc:grpc-inprocess:1.85.1")),
        fixture -> fixture);
  }

  /** With a copy of Netty of its own, or with the one that applications have too. */
  private static Fixture grpc(String version, String... transports) {
    Stream<String> all =
        Stream.concat(Stream.of("io.grpc:grpc-stub:" + version), Stream.of(transports));
    return Fixture.of("gRPC", version, "grpc", all.toArray(String[]::new))
        .with("routes")
        .with("work");
  }

  @Test
  void everyCall_isRememberedOnBothSides() {
    List<Answer> bare = makeCalls(fixture.startBare(rig, jdk));
    List<Answer> answers =
        makeCalls(fixture.start(rig, jdk, "-Dengram.methods=com.acme.Work#remembered"));
    assertThat(answers)
        .extracting(Answer::body)
        .isEqualTo(bare.stream().map(Answer::body).toList());

    Memory memory = rig.memory(jdk).drain();
    int expected = 0;
    List<JsonNode> stored = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      RpcCall call = RpcCall.ALL.get(i);
      assertThat(answers.get(i).status()).as("%s", answers.get(i)).isEqualTo(200);
      Trace trace = memory.trace(answers.get(i).traceId());
      assertCall(call, trace);
      expected += call.server() == null ? 1 : 2;
      stored.addAll(trace.spans("rpc"));
    }
    assertThat(memory.trace(OWN_TRACE).spans("rpc"))
        .singleElement()
        .satisfies(span -> assertSide(Side.OK, "SERVER", "2222222222222222", span));
    Coverage.ran("RPC", fixture, jdk, expected, stored);
  }

  private static List<Answer> makeCalls(Child service) {
    Traffic traffic = Traffic.toApplication(service);
    List<Answer> answers = RpcCall.ALL.stream().map(call -> makeCall(call, traffic)).toList();
    service.stop();
    return answers;
  }

  /** Tells the route the header that it comes with, for the one that sends it on. */
  private static Answer makeCall(RpcCall call, Traffic traffic) {
    String traceId = Traffic.newTraceId();
    String path = call.route() + "?" + Traffic.traceparent(traceId);
    try {
      return traffic.send(traceId, "GET", path, BodyPublishers.noBody());
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    }
  }

  private static void assertCall(RpcCall call, Trace trace) {
    List<JsonNode> calls = trace.spans("rpc");
    assertThat(trace.spans("http")).as("%s", trace).hasSize(1);
    assertThat(calls).as("spans of %s in %s", call, trace).hasSize(call.server() == null ? 1 : 2);
    JsonNode client = calls.get(0);
    String request = id(trace.spans("http").get(0));
    assertSide(call.client(), "CLIENT", request, client);
    assertThat(client.path("name").asText()).isEqualTo(call.fullMethod());
    assertThat(client.path("attributes").path("server.port").isMissingNode())
        .isEqualTo(call.route().equals("/near"));
    if (call.server() != null) {
      assertSide(call.server(), "SERVER", id(client), calls.get(1));
      assertThat(calls.get(1).path("name").asText()).isEqualTo(call.fullMethod());
    }
    String worksBelow = call.route().equals("/callback") ? request : "";
    assertWork(call, trace, worksBelow, calls);
    assertThat(trace.exceptions()).as("%s", call).hasSize(call.exceptions());
  }

  private static void assertSide(Side side, String kind, String parent, JsonNode span) {
    JsonNode attributes = span.path("attributes");
    assertThat(span.path("kind").asText()).isEqualToIgnoringCase(kind);
    assertThat(span.path("parent_span_id").asText()).as("%s", span).isEqualTo(parent);
    assertThat(attributes.path("rpc.system.name").asText()).isEqualTo("grpc");
    assertThat(attributes.path("rpc.method")).isEqualTo(span.path("name"));
    assertThat(side.codes())
        .as("%s", span)
        .contains(attributes.path("rpc.response.status_code").asText());
    assertThat(span.path("status").asText())
        .as("%s", span)
        .isEqualTo(side.isFailure(attributes) ? "error" : "unset");
    assertThat(span.path("duration_ns").asLong(-1)).isPositive();
  }

  /** The service's own work is below the span of the server, what a callback does is not. */
  private static void assertWork(RpcCall call, Trace trace, String callback, List<JsonNode> calls) {
    List<JsonNode> work = trace.spans("method");
    assertThat(work).as("work of %s in %s", call, trace).hasSize(call.work());
    String server = call.server() == null ? "" : id(calls.get(1));
    assertThat(work)
        .extracting(span -> span.path("parent_span_id").asText())
        .as("%s", trace)
        .allMatch(parent -> parent.equals(server) || parent.equals(callback));
    if (!callback.isEmpty()) {
      assertThat(work).anyMatch(span -> span.path("parent_span_id").asText().equals(callback));
    }
  }

  private static String id(JsonNode span) {
    return span.path("span_id").asText();
  }
}
