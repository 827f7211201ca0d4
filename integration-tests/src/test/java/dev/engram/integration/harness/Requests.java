package dev.engram.integration.harness;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requests that a memory holds, by the trace that the client gave them. Immutable. */
public final class Requests {
  private final Map<String, List<JsonNode>> byTrace;

  Requests(List<JsonNode> spans) {
    this.byTrace = spans.stream().collect(groupingBy(span -> span.path("trace_id").asText()));
  }

  public Set<String> traceIds() {
    return byTrace.keySet();
  }

  public int count() {
    return byTrace.values().stream().mapToInt(List::size).sum();
  }

  /** The one span of this answer; fails when there is none, or more. */
  public JsonNode of(Answer answer) {
    List<JsonNode> spans = of(answer.traceId());
    assertThat(spans).as("requests remembered for " + answer).hasSize(1);
    return spans.get(0);
  }

  /** All spans of a trace, none included. */
  public List<JsonNode> of(String traceId) {
    return byTrace.getOrDefault(traceId, List.of());
  }

  /** The spans whose target had this query. */
  public List<JsonNode> withQuery(String query) {
    return byTrace.values().stream()
        .flatMap(List::stream)
        .filter(span -> span.path("attributes").path("url.query").asText().equals(query))
        .toList();
  }

  /** Demands that the answer is remembered once, finished, with the status the client saw. */
  public void assertRemembered(Answer answer) {
    JsonNode span = of(answer);
    assertThat(span.path("attributes").path("http.response.status_code").asInt())
        .as("status remembered for " + answer + " in " + span)
        .isEqualTo(answer.status());
    assertThat(span.path("duration_ns").asLong(-1)).as("duration_ns of " + span).isPositive();
  }

  /** Demands what holds of a load however its service ended. */
  public void assertRememberedButForOneAConnection(Load load) {
    load.connections().forEach(this::assertRememberedButForOne);
    for (String traceId : load.sent()) {
      assertThat(of(traceId)).as("requests of trace " + traceId).hasSizeLessThanOrEqualTo(1);
    }
  }

  /** Demands that each is remembered once, finished but for one that may be interrupted. */
  public void assertRememberedButForOne(List<Answer> answers) {
    List<Answer> interrupted = answers.stream().filter(this::isInterrupted).toList();
    assertThat(interrupted).as("answers whose end was not committed").hasSizeLessThanOrEqualTo(1);
    answers.stream().filter(it -> !interrupted.contains(it)).forEach(this::assertRemembered);
  }

  /** How the one request of a trace ended. */
  public String statusOf(String traceId) {
    assertThat(of(traceId)).as("requests of trace " + traceId).hasSize(1);
    return of(traceId).get(0).path("status").asText();
  }

  /** Whether the answer's request is remembered with its end. */
  public boolean isFinished(Answer answer) {
    return !of(answer.traceId()).isEmpty() && !isInterrupted(answer);
  }

  private boolean isInterrupted(Answer answer) {
    return statusOf(answer.traceId()).equals("interrupted");
  }

  /** {@code http.route}, or the empty text. */
  public String routeOf(Answer answer) {
    return of(answer).path("attributes").path("http.route").asText();
  }
}
