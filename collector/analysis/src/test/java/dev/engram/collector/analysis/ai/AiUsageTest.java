package dev.engram.collector.analysis.ai;

import static dev.engram.collector.analysis.SampleSpans.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.SampleSpans;
import dev.engram.collector.analysis.ai.AiUsage.By;
import dev.engram.collector.store.TraceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AiUsageTest {
  private static final Prices PRICES =
      new Prices(List.of(), List.of(new Price("openai", "gpt-4o", 0, 0, 2, 1.0, null, 10)));

  private final SampleSpans spans = new SampleSpans();

  @AfterEach
  void close() {
    spans.close();
  }

  @Test
  void byModel_hasTokensCostLatencyAndRates() {
    for (int i = 1; i <= 20; i++) {
      call(0, "gpt-4o", i > 18 ? "error" : "ok", i * 10, Map.of("engram.ai.retries", i % 2 * 2L));
    }
    call(0, "llama", "ok", 5, Map.of());
    other();

    List<AiSummary> found = find(By.MODEL, 0);

    assertThat(found).extracting(AiSummary::key).containsExactly("gpt-4o", "llama");
    AiSummary summary = found.get(0);
    assertThat(summary.provider()).isEqualTo("openai");
    assertThat(summary.calls()).isEqualTo(20);
    assertThat(summary.failed().count()).isEqualTo(2);
    assertThat(summary.failed().rate()).isCloseTo(0.1, within(1e-9));
    assertThat(summary.retried().count()).isEqualTo(10);
    assertThat(summary.retries()).isEqualTo(20);
    assertThat(summary.tokens()).isEqualTo(new Tokens(2_000, 800, 0, 200, 0));
    // each: 60 * 2 + 40 * 1 + 10 * 10 = 260 millionths
    assertThat(summary.costUsd()).isCloseTo(20 * 260e-6, within(1e-12));
    assertThat(summary.unpriced()).isZero();
    assertThat(summary.p50Nanos()).isEqualTo(100 * MILLISECOND);
    assertThat(summary.p95Nanos()).isEqualTo(190 * MILLISECOND);
    assertThat(summary.p99Nanos()).isEqualTo(200 * MILLISECOND);
    assertThat(summary.firstChunkP50Nanos()).isEqualTo(-1);
    assertThat(found.get(1).costUsd()).isNull();
    assertThat(found.get(1).unpriced()).isEqualTo(1);
  }

  @Test
  void streams_sayWhenTheirFirstChunkCame_andWhetherTheirLastDid() {
    call(0, "gpt-4o", "unset", 100, Map.of("gen_ai.response.time_to_first_chunk", 0.25));
    call(0, "gpt-4o", "unset", -1, Map.of("engram.ai.incomplete", true));

    AiSummary summary = find(By.MODEL, 0).get(0);

    assertThat(summary.firstChunkP50Nanos()).isEqualTo(250 * MILLISECOND);
    assertThat(summary.incomplete()).isEqualTo(1);
    assertThat(summary.p99Nanos()).isEqualTo(100 * MILLISECOND);
  }

  @Test
  void callWithoutTokens_isCountedAsUnpriced() {
    spans.add(0, "CLIENT", "ai", "chat", "ok", 1, 1, Map.of("gen_ai.request.model", "gpt-4o"));
    call(0, "gpt-4o", "ok", 1, Map.of());

    AiSummary summary = find(By.SERVICE, 0).get(0);

    assertThat(summary.key()).isEqualTo("shop");
    assertThat(summary.calls()).isEqualTo(2);
    assertThat(summary.unpriced()).isEqualTo(1);
    assertThat(summary.costUsd()).isCloseTo(260e-6, within(1e-12));
  }

  @Test
  void embeddings_haveNoOutput() {
    Map<String, Object> attributes =
        Map.of(
            "gen_ai.operation.name", "embeddings",
            "gen_ai.request.model", "gpt-4o",
            "gen_ai.usage.input_tokens", 1_000_000L);
    spans.add(0, "CLIENT", "ai", "embeddings", "ok", 1, 1, attributes);

    assertThat(find(By.MODEL, 0).get(0).costUsd()).isEqualTo(2);
  }

  @Test
  void byRoute_isTheNearestRequestAbove_howeverDeep() {
    long first = spans.add(0, "SERVER", "http", "GET /a", "ok", 1, 99, Map.of());
    long inner = spans.add(first, "SERVER", "http", "POST /b", "ok", 2, 50, Map.of());
    long method = spans.add(inner, "INTERNAL", "method", "run", "ok", 3, 40, Map.of());
    long agent = spans.add(method, "INTERNAL", "ai", "invoke_agent a", "ok", 3, 40, Map.of());
    call(agent, "gpt-4o", "ok", 1, Map.of());
    call(first, "gpt-4o", "ok", 1, Map.of());
    call(0, "gpt-4o", "ok", 1, Map.of());
    call(999, "gpt-4o", "ok", 1, Map.of());

    assertThat(find(By.ROUTE, 0))
        .extracting(summary -> summary.key() + " " + summary.calls())
        .containsExactly(" 2", "GET /a 1", "POST /b 1");
  }

  @Test
  void byRoute_sameIdInAnotherTrace_isNotAbove() {
    spans.trace(1);
    long request = spans.add(0, "SERVER", "http", "GET /a", "ok", 1, 99, Map.of());
    spans.trace(2);
    call(request, "gpt-4o", "ok", 1, Map.of());

    assertThat(find(By.ROUTE, 0)).extracting(AiSummary::key).containsExactly("");
  }

  @Test
  void byWorkflow_isThatOfTheRunAround() {
    long run =
        spans.add(
            0, "INTERNAL", "workflow", "w", "ok", 1, 9, Map.of("gen_ai.workflow.name", "triage"));
    call(
        spans.add(run, "INTERNAL", "method", "m", "ok", 1, 9, Map.of()),
        "gpt-4o",
        "ok",
        1,
        Map.of());
    call(0, "gpt-4o", "ok", 1, Map.of("gen_ai.workflow.name", "said"));
    call(0, "gpt-4o", "ok", 1, Map.of());

    assertThat(find(By.WORKFLOW, 0))
        .extracting(AiSummary::key)
        .containsExactly("", "said", "triage");
  }

  @Test
  void byPrompt_saysWhenEachVersionWasFirstSeen_evenBeforeTheTimeAskedFor() {
    Map<String, Object> old = Map.of("engram.ai.prompt.hash", "aa", "gen_ai.prompt.name", "greet");
    call(0, "gpt-4o", "ok", 1, old);
    call(0, "gpt-4o", "ok", 1, Map.of("engram.ai.prompt.hash", "bb"));
    call(0, "gpt-4o", "ok", 1, old);
    call(0, "gpt-4o", "ok", 1, Map.of());

    List<AiSummary> found =
        AiUsage.find(
            spans.reader(), AiCall.filter(2 * MILLISECOND, 0, null, null, 0), PRICES, By.PROMPT, 0);

    assertThat(found).extracting(AiSummary::key).containsExactly("", "aa", "bb");
    assertThat(found.get(0).prompt()).isNull();
    assertThat(found.get(1).calls()).isEqualTo(1);
    assertThat(found.get(1).prompt())
        .isEqualTo(new AiSummary.PromptVersion("greet", MILLISECOND, "shop", "1.0"));
    assertThat(found.get(2).prompt())
        .isEqualTo(new AiSummary.PromptVersion(null, 2 * MILLISECOND, "shop", "1.0"));
  }

  @Test
  void judgements_areOfTheCallItsTraceItsConversationOrItsKey_eachOnce() {
    spans.trace(1);
    call(0, "span", "ok", 1, Map.of());
    spans.judge("span", "0000000000000001", 1, "ada");
    spans.trace(2);
    call(0, "trace", "ok", 1, Map.of());
    call(0, "trace", "ok", 1, Map.of());
    spans.judge("trace", new TraceId(7, 2).hex(), 0.5, "ada");
    spans.judge("trace", new TraceId(7, 2).hex(), Double.NaN, "bob");
    spans.trace(3);
    call(0, "conversation", "ok", 1, Map.of("gen_ai.conversation.id", "c1"));
    spans.judge("conversation", "c1", 1, "ada");
    spans.judge("conversation", "c1", 0, "bob");
    spans.judge("conversation", "c1", 0.5, "ada");
    call(0, "nobody", "ok", 1, Map.of("gen_ai.conversation.id", "c2"));

    assertThat(find(By.MODEL, 0))
        .extracting(it -> it.key() + " " + it.judged() + " " + it.meanScore())
        .containsExactlyInAnyOrder(
            "span 1 1.0", "trace 2 0.5", "conversation 1 0.25", "nobody 0 NaN");
  }

  @Test
  void judgementsOfAKey_areOfTheCallsBelowWhoSaysIt_byRouteToo() {
    Map<String, Object> ticket = Map.of("engram.correlation.ticket_id", "t-1", "plain", "p-1");
    long request = spans.add(0, "SERVER", "http", "POST /tickets", "ok", 1, 99, ticket);
    call(
        spans.add(request, "INTERNAL", "node", "n", "ok", 2, 9, Map.of()),
        "below",
        "ok",
        1,
        Map.of());
    call(0, "beside", "ok", 1, Map.of("engram.correlation.ticket_id", "t-2"));
    spans.judge("key", "ticket_id=t-1", 1, "ada");
    spans.judge("key", "plain=p-1", 0.5, "ada");
    spans.judge("key", "ticket_id=t-3", 0, "ada");

    assertThat(find(By.MODEL, 0))
        .extracting(it -> it.key() + " " + it.meanScore())
        .containsExactlyInAnyOrder("below 0.75", "beside NaN");
    assertThat(find(By.ROUTE, 0))
        .extracting(it -> it.key() + " " + it.meanScore())
        .containsExactlyInAnyOrder("POST /tickets 0.75", " NaN");
  }

  @Test
  void limit_isOfSummaries() {
    call(0, "a", "ok", 1, Map.of());
    call(0, "b", "ok", 1, Map.of());

    assertThat(find(By.MODEL, 1)).hasSize(1);
  }

  /** What is no call of a model must not count: agents, retrievals, tools. */
  private void other() {
    Map<String, Object> tokens =
        Map.of("gen_ai.usage.input_tokens", 5L, "gen_ai.usage.output_tokens", 5L);
    spans.add(0, "INTERNAL", "ai", "invoke_agent a", "ok", 1, 1, tokens);
    spans.add(0, "INTERNAL", "tool", "execute_tool t", "ok", 1, 1, tokens);
    spans.add(0, "CLIENT", "http", "POST", "ok", 1, 1, tokens);
  }

  /** Calls begin one millisecond after the other. */
  private void call(
      long parent, String model, String status, long duration, Map<String, Object> more) {
    Map<String, Object> attributes = new HashMap<>(more);
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.provider.name", "openai");
    attributes.put("gen_ai.request.model", model);
    attributes.put("gen_ai.usage.input_tokens", 100L);
    attributes.put("gen_ai.usage.cache_read.input_tokens", 40L);
    attributes.put("gen_ai.usage.output_tokens", 10L);
    spans.add(parent, "CLIENT", "ai", "chat " + model, status, ++calls, duration, attributes);
  }

  private long calls;

  private List<AiSummary> find(By by, int limit) {
    return AiUsage.find(spans.reader(), AiCall.filter(0, 0, null, null, 0), PRICES, by, limit);
  }
}
