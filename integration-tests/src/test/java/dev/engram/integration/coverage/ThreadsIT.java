package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Work that a request leaves to another thread is remembered as the request's, and no other is. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class ThreadsIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ThreadFixture threads;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(ThreadFixture.all(), ThreadFixture::fixture);
  }

  @Test
  void work_belongsToTheRequestThatBeganIt() throws IOException {
    Child service =
        threads
            .fixture()
            .start(rig, jdk, "-Dengram.methods=com.acme.Work#remembered,com.acme.Work#unlinked");
    Traffic traffic = Traffic.toApplication(service);
    String traceId = Traffic.newTraceId();
    List<String> paths = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      paths.addAll(threads.spans().keySet());
    }
    for (String path : paths) {
      Answer answer = traffic.send(traceId, "GET", path, BodyPublishers.noBody());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
    traffic.pipeline(traceId, threads.pipelined());
    paths.addAll(threads.pipelined());
    service.stop();

    int stored = assertLinked(rig.memory(jdk).drain().trace(traceId), paths);
    Coverage.ran("Threads", threads.fixture(), jdk, stored, stored);
  }

  /** One trace holds all requests, in the order in which they were made. */
  private int assertLinked(Trace trace, List<String> paths) {
    List<JsonNode> requests = trace.spans("http");
    assertThat(requests)
        .extracting(request -> request.path("attributes").path("url.path").asText())
        .isEqualTo(paths);
    assertThat(requests)
        .extracting(it -> it.path("attributes").path("http.response.status_code").asInt())
        .containsOnly(200);
    Map<String, List<JsonNode>> work =
        trace.spans("method").stream()
            .collect(Collectors.groupingBy(span -> span.path("parent_span_id").asText()));
    int stored = 0;
    for (JsonNode request : requests) {
      String path = request.path("attributes").path("url.path").asText();
      List<JsonNode> own = work.getOrDefault(request.path("span_id").asText(), List.of());
      assertThat(own)
          .as("spans of " + path)
          .hasSize(threads.spans().get(path))
          .allSatisfy(span -> assertThat(span.path("name").asText()).isEqualTo("Work.remembered"));
      stored += own.size();
    }
    assertThat(trace.spans("method")).as("work below a request").hasSize(stored);
    return stored;
  }
}
