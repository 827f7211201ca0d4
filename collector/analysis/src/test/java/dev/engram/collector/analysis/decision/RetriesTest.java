package dev.engram.collector.analysis.decision;

import static dev.engram.collector.analysis.decision.DecisionLog.ALL;
import static dev.engram.collector.analysis.decision.DecisionLog.INSTANCE;
import static dev.engram.collector.analysis.decision.DecisionLog.MADE;
import static dev.engram.collector.analysis.decision.OutcomeLabel.FAILURE;
import static dev.engram.collector.analysis.decision.OutcomeLabel.PARTIAL;
import static dev.engram.collector.analysis.decision.OutcomeLabel.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.TraceId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task that is asked for again was not done well the first time. */
class RetriesTest {
  private static final String INPUT = "engram.decision.input.hash";

  @RegisterExtension final DecisionLog log = new DecisionLog();

  @Test
  void taskThatItsUserAsksForAgain_succeededInPart() {
    ask(1, MADE, "in1", Map.of("user.id", "ada"));
    ask(2, MADE + Retries.SOON_NANOS, "in1", Map.of("user.id", "ada"));

    assertThat(log.outcome(1)).isEqualTo(DecisionOutcome.derived(PARTIAL, "retry"));
    assertThat(log.outcome(2)).isEqualTo(DecisionOutcome.derived(SUCCESS, "request"));
    assertThat(JudgedDecisions.find(log.store.reader(), ALL))
        .extracting(it -> it.outcome().source())
        .containsExactly("request", "retry");
  }

  @Test
  void taskThatItsSessionAsksForAgain_succeededInPart() {
    ask(1, MADE, "in1", Map.of("session.id", "s1"));
    ask(2, MADE + 1, "in1", Map.of("session.id", "s1"));

    assertThat(log.outcome(1).source()).isEqualTo("retry");
  }

  @Test
  void laterTraceThatIsTooLarge_isNotRead() {
    ask(1, MADE, "in1", Map.of("user.id", "ada"));
    ask(2, MADE + 1, "in1", Map.of("user.id", "ada"));
    TraceId later = new TraceId(9, 2);
    for (int i = 2; i <= JudgedDecisions.LARGEST_TRACE; i++) {
      log.write(span(later, 0x1000 + i));
    }
    assertThat(log.outcome(1).source()).isEqualTo("retry");

    log.write(span(later, 0x1000));
    assertThat(log.outcome(1).source()).isEqualTo("request");
  }

  @Test
  void tracesOfManyDecisions_areReadTogether() {
    int many = 300;
    for (int i = 1; i <= many; i++) {
      ask(i, MADE + i, "in1", Map.of("user.id", "ada"));
    }
    List<String> asked = new ArrayList<>();
    InvocationHandler counting =
        (proxy, method, arguments) -> {
          asked.add(method.getName());
          return method.invoke(log.store.reader(), arguments);
        };
    StoreReader reader =
        (StoreReader)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StoreReader.class}, counting);

    assertThat(JudgedDecisions.find(reader, ALL))
        .hasSize(many)
        .filteredOn(it -> it.outcome().source().equals("retry"))
        .hasSize(many - 1);
    assertThat(asked).hasSizeLessThan(10).doesNotContain("trace", "hasMoreSpans");
  }

  @Test
  void traces_areReadUntilTheyAreLarge() {
    int spans = JudgedDecisions.LARGEST_TRACE;
    for (int i = 1; i <= 3; i++) {
      ask(i, MADE + i, "", Map.of());
      TraceId trace = new TraceId(9, i);
      for (int span = 2; span <= spans; span++) {
        log.write(span(trace, i * 0x10000L + span));
      }
    }
    List<TraceId> ids = List.of(new TraceId(9, 3), new TraceId(9, 2), new TraceId(9, 1));

    assertThat(log.store.reader().traces(ids, spans + 1)).containsOnlyKeys(ids.get(0), ids.get(1));
    assertThat(JudgedDecisions.find(log.store.reader(), ALL))
        .extracting(it -> it.decision().row().decisionId())
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  void whatIsAskedByOthers_later_orOnOtherInput_isNoRetry() {
    ask(1, MADE, "in1", Map.of("user.id", "ada"));
    ask(2, MADE + 1, "in1", Map.of("user.id", "bob"));
    ask(3, MADE + 2, "in2", Map.of("user.id", "ada"));
    ask(4, MADE + 3, "in1", Map.of("session.id", "ada"));
    ask(5, MADE + Retries.SOON_NANOS + 1, "in1", Map.of("user.id", "ada"));

    assertThat(log.outcome(1)).isEqualTo(DecisionOutcome.derived(SUCCESS, "request"));
  }

  @Test
  void usersNobodyKnows_areNotTheSame_norArePagesReadAgain() {
    ask(1, MADE, "in1", Map.of());
    ask(2, MADE + 1, "in1", Map.of());
    ask(3, MADE, "in2", Map.of("user.id", "[redacted]"));
    ask(4, MADE + 1, "in2", Map.of("user.id", "[redacted]"));
    ask(5, MADE, "in3", Map.of("user.id", "ada", "http.request.method", "GET"));
    ask(6, MADE + 1, "in3", Map.of("user.id", "ada", "http.request.method", "GET"));
    ask(7, MADE, "", Map.of("user.id", "ada"));
    ask(8, MADE + 1, "", Map.of("user.id", "ada"));

    assertThat(List.of(1L, 3L, 5L, 7L))
        .allSatisfy(
            id ->
                assertThat(log.outcome(id)).isEqualTo(DecisionOutcome.derived(SUCCESS, "request")));
  }

  @Test
  void secondTryWithinARequest_isNoRetryOfItsUser_andAFailureStaysOne() {
    Map<String, Object> user = Map.of("user.id", "ada");
    ask(1, MADE, "in1", user);
    log.write(decision(0x99, MADE + 1, new TraceId(9, 1), 1, Map.of(INPUT, "in1")));
    assertThat(log.outcome(1).source()).isEqualTo("request");

    ask(2, MADE, "in2", Map.of("user.id", "ada", "http.response.status_code", 503L));
    ask(3, MADE + 1, "in2", user);
    assertThat(log.outcome(2)).isEqualTo(DecisionOutcome.derived(FAILURE, "request"));
  }

  /** A request of its own trace in which this is decided; its ids are this number. */
  private void ask(long id, long made, String input, Map<String, Object> request) {
    TraceId trace = new TraceId(9, id);
    log.write(
        decision(id, made, trace, id, Map.of(INPUT, input)),
        new SpanRow(
            INSTANCE,
            log.next(),
            trace,
            id,
            0,
            "SERVER",
            "http",
            "POST /ask",
            made - 1,
            5_000,
            "unset",
            null,
            request,
            List.of(),
            false));
  }

  private SpanRow span(TraceId trace, long id) {
    return new SpanRow(
        INSTANCE,
        log.next(),
        trace,
        id,
        0,
        "INTERNAL",
        "method",
        "step",
        MADE,
        1,
        "unset",
        null,
        Map.of(),
        List.of(),
        false);
  }

  private DecisionRow decision(
      long id, long made, TraceId trace, long spanId, Map<String, Object> attributes) {
    return new DecisionRow(
        log.next(),
        made,
        id,
        trace,
        spanId,
        "route",
        List.of(),
        "a",
        0.9,
        "stated",
        List.of(),
        attributes);
  }
}
