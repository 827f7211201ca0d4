package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  void work_belongsToTheRequestThatBeganIt() {
    Child service =
        threads
            .fixture()
            .start(rig, jdk, "-Dengram.methods=com.acme.Work#remembered,com.acme.Work#unlinked");
    Traffic traffic = Traffic.toApplication(service);
    Map<Answer, Integer> answers = new LinkedHashMap<>();
    for (int round = 0; round < 2; round++) {
      threads.spans().forEach((path, spans) -> answers.put(answered(traffic, path), spans));
    }
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    answers.forEach((answer, spans) -> assertLinked(memory.trace(answer.traceId()), answer, spans));
    int expected = answers.values().stream().mapToInt(Integer::intValue).sum();
    Coverage.ran("Threads", threads.fixture(), jdk, expected, expected);
  }

  private static Answer answered(Traffic traffic, String path) {
    Answer answer = traffic.get(path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static void assertLinked(Trace trace, Answer answer, int spans) {
    String request = trace.spans("http").get(0).path("span_id").asText();
    List<JsonNode> work = trace.spans("method");
    assertThat(work).as("spans of " + answer.path()).hasSize(spans);
    assertThat(work)
        .as("spans of " + answer.path())
        .allSatisfy(
            span -> {
              assertThat(span.path("name").asText()).isEqualTo("Work.remembered");
              assertThat(span.path("parent_span_id").asText()).isEqualTo(request);
            });
  }
}
