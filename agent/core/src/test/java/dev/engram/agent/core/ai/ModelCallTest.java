package dev.engram.agent.core.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelCallTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    OpenStreams.endAll();
    Capture.stop();
    assertThat(Tracing.current()).isNull();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void rememberedMethodAroundACall_isNoCallBesideIt() {
    OpenSpan method = Tracing.open(SpanKind.CLIENT, Category.AI, "answer").begun().enter();
    AgentCall agent = AgentCall.open("assistant", null, null);
    agent.enter();
    ModelCall call = ModelCall.open("chat", "openai", "m").begin();
    call.leave();
    call.end();
    agent.leave();
    agent.end();
    method.leave();
    method.end();

    assertThat(sink.all(SpanRecord.class))
        .extracting(span -> span.name() + " " + span.kind())
        .containsExactly("chat m CLIENT", "invoke_agent assistant INTERNAL", "answer INTERNAL");
  }

  @Test
  void rememberedMethodWithoutACall_isOne() {
    OpenSpan method = Tracing.open(SpanKind.CLIENT, Category.AI, "answer").begun().enter();
    ToolCall.open("price", null, null).end();
    method.leave();
    method.end();

    assertThat(sink.all(SpanRecord.class).get(1).kind()).isEqualTo(SpanKind.CLIENT);
  }

  @Test
  void hashOfInstructions_isThatOfWhatMayBeRemembered() {
    for (String told : List.of("Be kind. password=a1", "Be kind. password=b2", "Be brief.")) {
      ModelCall call = ModelCall.open("chat", "openai", "gpt-x").system(told).begin();
      call.leave();
      call.end();
    }

    List<Object> hashes =
        sink.all(SpanRecord.class).stream()
            .map(span -> span.attributes().get("engram.ai.prompt.hash"))
            .toList();
    assertThat(hashes).hasSize(3).doesNotContainNull();
    assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
    assertThat(hashes.get(2)).isNotEqualTo(hashes.get(0));
  }

  @Test
  void callOfOneLayer_isASpanWithWhatWasSaid() {
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x");
    call.set(AttributeKey.GEN_AI_REQUEST_TEMPERATURE, 0.5)
        .set(AttributeKey.GEN_AI_REQUEST_MAX_TOKENS, 100)
        .set(AttributeKey.GEN_AI_REQUEST_STOP_SEQUENCES, List.of("a", "b"))
        .set(AttributeKey.GEN_AI_REQUEST_SEED, null)
        .system("Be brief.")
        .input(new Messages().role("user").text("Hello"))
        .tools(new ToolDefinitions().add("now", "the time", "{\"type\":\"object\"}"))
        .begin();
    call.leave();
    call.tokens(10, 2L)
        .tokenParts(4, null, 1)
        .set(AttributeKey.GEN_AI_RESPONSE_FINISH_REASONS, List.of("stop", "length"))
        .output(new Messages().role("assistant").text("Hi").finishReason("stop"));
    call.end();
    call.end();
    call.fail(new IllegalStateException("too late"), null);

    assertThat(sink.only(BegunRecord.class).attributes())
        .containsEntry("gen_ai.request.model", "gpt-x")
        .containsKeys("gen_ai.input.messages", "gen_ai.system_instructions")
        .doesNotContainKey("gen_ai.output.messages");
    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.name()).isEqualTo("chat gpt-x");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.category()).isEqualTo(Category.AI);
    assertThat(span.attributes())
        .containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.request.temperature", 0.5)
        .containsEntry("gen_ai.request.max_tokens", 100L)
        .containsEntry("gen_ai.request.stop_sequences", "a\nb")
        .containsEntry("gen_ai.usage.input_tokens", 10L)
        .containsEntry("gen_ai.usage.output_tokens", 2L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 4L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 1L)
        .containsEntry("gen_ai.response.finish_reasons", "stop,length")
        .doesNotContainKeys("gen_ai.request.seed", "engram.ai.chunks");
    assertThat((String) span.attributes().get("engram.ai.prompt.hash")).matches("[0-9a-f]{16}");
    assertThat(payload(span, "gen_ai.system_instructions"))
        .isEqualTo("[{\"type\":\"text\",\"content\":\"Be brief.\"}]");
    assertThat(payload(span, "gen_ai.input.messages"))
        .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hello\"}]}]");
    assertThat(payload(span, "gen_ai.output.messages"))
        .isEqualTo(
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}],"
                + "\"finish_reason\":\"stop\"}]");
    assertThat(payload(span, "gen_ai.tool.definitions"))
        .isEqualTo(
            "[{\"type\":\"function\",\"name\":\"now\",\"description\":\"the time\","
                + "\"parameters\":{\"type\":\"object\"}}]");
  }

  @Test
  void layersBelow_fillInWhatIsMissingAndEndNothing() {
    ModelCall outer = ModelCall.open("chat", null, null).begin();
    ModelCall inner = ModelCall.open("chat", "openai", "gpt-x").begin();
    assertThat(inner.isOutermost()).isFalse();
    inner.tokens(7, 3).input(new Messages().text("from below"));
    inner.system("from below");
    inner.chunk("piece").chunk("piece");
    inner.fail(new IllegalStateException("tried again"), null);
    inner.leave();
    inner.end();
    assertThat(sink.all(SpanRecord.class)).isEmpty();
    assertThat(outer.wantsInput()).isTrue();
    assertThat(ModelCall.open("chat", null, null).wantsOutput()).isTrue();
    outer.chunk("whole");
    outer.tokens(8, null);
    outer.output(new Messages().role("assistant").text("whole"));
    assertThat(inner.wantsOutput()).isFalse();
    outer.leave();
    outer.end();

    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.name()).isEqualTo("chat gpt-x");
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.attributes())
        .containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.usage.input_tokens", 8L)
        .containsEntry("gen_ai.usage.output_tokens", 3L)
        .containsEntry("engram.ai.chunks", 1L);
    assertThat(payload(span, "gen_ai.input.messages")).contains("from below");
    assertThat(payload(span, "gen_ai.system_instructions")).contains("from below");
    assertThat(payload(span, "gen_ai.output.messages")).contains("whole");
  }

  @Test
  void callInATool_embeddingInACall_andCallAfterOne_areTheirOwn() {
    ModelCall outer = ModelCall.open("chat", "openai", "outer").begin();
    ToolCall tool = ToolCall.open("ask", "1", "{}");
    tool.enter();
    assertThat(ToolCall.open("ask", "1", "{}")).isNull();
    ModelCall below = ModelCall.open("chat", "openai", "below").begin();
    below.leave();
    below.end();
    tool.leave();
    tool.result("done").end();
    ModelCall embedding = ModelCall.open("embeddings", "openai", "embed").begin();
    embedding.leave();
    embedding.end();
    outer.end();
    ModelCall after = ModelCall.open("chat", "openai", "after").begin();
    after.leave();
    after.end();
    outer.leave();

    assertThat(sink.all(SpanRecord.class))
        .extracting(SpanRecord::name)
        .containsExactly(
            "chat below", "execute_tool ask", "embeddings embed", "chat outer", "chat after");
    assertThat(sink.all(SpanRecord.class).get(0).parentSpanId())
        .isEqualTo(sink.all(SpanRecord.class).get(1).spanId());
  }

  @Test
  void methodOfKindAi_isNoLayer() {
    OpenSpan method = Tracing.open(SpanKind.INTERNAL, Category.AI, "ask").enter();
    assertThat(ModelCall.isCurrent()).isFalse();
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").begin();
    assertThat(call.isOutermost()).isTrue();
    assertThat(ModelCall.isCurrent()).isTrue();
    call.leave();
    call.end();
    method.leave();
    method.end();

    assertThat(sink.all(SpanRecord.class).get(0).parentSpanId())
        .isEqualTo(sink.all(SpanRecord.class).get(1).spanId());
  }

  @Test
  void noteOfTheBeginning_hasAsMuchOfTheInputAsFits() {
    sink.maxRecordLength = 8192;
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x");
    call.system("password=hunter22").input(new Messages().text("x".repeat(20_000))).begin();
    call.leave();
    call.end();

    BegunRecord note = sink.only(BegunRecord.class);
    assertThat((String) note.attributes().get("gen_ai.system_instructions"))
        .contains("password=[redacted]");
    assertThat((String) note.attributes().get("gen_ai.input.messages")).hasSizeBetween(2000, 4096);
    assertThat(sink.refused).isEmpty();
    assertThat(sink.only(SpanRecord.class).payloads())
        .extracting(Payload::name)
        .containsExactly("gen_ai.system_instructions", "gen_ai.input.messages");
  }

  @Test
  void failure_endsTheCallAndIsRemembered() {
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").begin();
    call.leave();
    call.fail(new IllegalStateException("no answer"), "Client#call");

    assertThat(sink.only(SpanRecord.class).status()).isEqualTo(SpanStatus.ERROR);
    assertThat(sink.only(ExceptionRecord.class).thrown().message()).isEqualTo("no answer");
  }

  @Test
  void attemptAfterAFailedOne_isARetry_andWhoCountsMostIsRight() {
    ModelCall call = ModelCall.open("embeddings", "openai", "gpt-x").begin();
    ClientCall client = new ClientCall();
    ClientResponse.of(503, null).end(attempt(client));
    ClientResponse.failed(new IOException("reset"), "here").end(attempt(client));
    ClientResponse.of(200, null).end(attempt(client));
    ClientResponse.of(200, null).end(attempt(new ClientCall()));
    ModelCall.open("embeddings", "openai", "gpt-x").begin().retried(1);
    call.leave();
    call.end();
    ModelCall counted = ModelCall.open("chat", "openai", "gpt-x").begin().retried(3);
    counted.leave();
    counted.end();
    ModelCall announced = ModelCall.open("chat", "openai", "gpt-x").begin();
    ClientResponse.of(429, null).end(attempt(new ClientCall()));
    announced.retried(1);
    ClientResponse.of(200, null).end(attempt(new ClientCall()));
    announced.leave();
    announced.end();
    ModelCall once = ModelCall.open("chat", "openai", "gpt-x").begin();
    ClientResponse.of(400, null).end(attempt(new ClientCall()));
    once.leave();
    once.end();

    assertThat(sink.all(SpanRecord.class))
        .filteredOn(span -> span.category() == Category.AI)
        .extracting(span -> span.attributes().getOrDefault("engram.ai.retries", "none"))
        .containsExactly(2L, 3L, 1L, "none");
  }

  private static OpenSpan attempt(ClientCall call) {
    return Objects.requireNonNull(
        call.attempt(new ClientRequest("POST", "http://127.0.0.1/v1", "127.0.0.1", 80)));
  }

  @Test
  void streamWithoutItsEnd_isClosedWithWhatCame_whenItsReaderIsGone() {
    ModelCall call = streamOf(new Object());
    call.chunk("Hel").chunk(null).chunk("lo");
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    Awaitility.await()
        .until(
            () -> {
              System.gc();
              OpenStreams.beat();
              return garbage.refersTo(null) && !sink.all(SpanRecord.class).isEmpty();
            });

    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.attributes())
        .containsEntry("engram.ai.incomplete", true)
        .containsEntry("gen_ai.request.stream", true)
        .containsEntry("engram.ai.chunks", 3L)
        .containsKeys("gen_ai.response.time_to_first_chunk", "engram.ai.time_per_output_chunk");
    assertThat(payload(span, "gen_ai.output.messages")).contains("\"content\":\"Hello\"");
    call.chunk("late");
    call.end();
    assertThat(sink.all(SpanRecord.class)).hasSize(1);
  }

  @Test
  void streamThatIsHandedOnToAnotherReader_goesOnWithoutTheFirst() {
    Object second = new Object();
    ModelCall call = streamOf(new Object()).streams(second);
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    Awaitility.await()
        .until(
            () -> {
              System.gc();
              OpenStreams.beat();
              return garbage.refersTo(null);
            });
    assertThat(sink.all(SpanRecord.class)).isEmpty();

    call.end();
    assertThat(sink.only(SpanRecord.class).attributes()).doesNotContainKey("engram.ai.incomplete");
    Reference.reachabilityFence(second);
  }

  @Test
  void silentStream_isClosedAfterTenMinutes_orOneWhenItsRequestIsOver() {
    Object reader = new Object();
    OpenSpan request = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /").enter();
    streamOf(reader);
    request.leave();
    ModelCall other = streamOf(reader);
    long now = System.nanoTime();
    OpenStreams.beat(now + TimeUnit.MINUTES.toNanos(2));
    assertThat(sink.all(SpanRecord.class)).isEmpty();
    request.end();
    OpenStreams.beat(now + TimeUnit.SECONDS.toNanos(30));
    assertThat(sink.all(SpanRecord.class)).hasSize(1);
    OpenStreams.beat(now + TimeUnit.MINUTES.toNanos(2));
    assertThat(sink.all(SpanRecord.class)).hasSize(2);
    assertThat(other.isOver()).isFalse();
    OpenStreams.beat(now + TimeUnit.MINUTES.toNanos(11));

    assertThat(sink.all(SpanRecord.class)).hasSize(3);
    assertThat(other.isOver()).isTrue();
    Reference.reachabilityFence(reader);
  }

  @Test
  void agentsStop_closesWhatStreams_andMoreThanAreWatchedEndByThemselves() {
    Object reader = new Object();
    List<ModelCall> calls =
        java.util.stream.IntStream.range(0, OpenStreams.LIMIT + 1)
            .mapToObj(i -> streamOf(reader))
            .toList();
    calls.get(0).end();
    OpenStreams.endAll();
    assertThat(sink.all(SpanRecord.class)).hasSize(OpenStreams.LIMIT);
    calls.get(OpenStreams.LIMIT).end();

    assertThat(sink.all(SpanRecord.class)).hasSize(OpenStreams.LIMIT + 1);
    Reference.reachabilityFence(reader);
  }

  @Test
  void callback_runsInTheCallersSpan() {
    OpenSpan request = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /").enter();
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").begin();
    call.outside(() -> assertThat(Tracing.current()).isSameAs(request));
    assertThat(Tracing.current()).isNotSameAs(request);
    call.leave();
    call.end();
    request.leave();
    request.end();
  }

  @Test
  void agentAndRetrieval_haveTheirNamesAndPayloads() {
    AgentCall agent = AgentCall.open("Assistant", "7", new Messages().text("where?"));
    agent.enter();
    assertThat(AgentCall.open("Assistant", "7", null)).isNull();
    Retrieval retrieval = Retrieval.open("where?");
    retrieval.enter();
    assertThat(Retrieval.open(null)).isNull();
    retrieval.leave();
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").begin();
    call.leave();
    call.end();
    assertThat(sink.only(SpanRecord.class).attributes())
        .containsEntry("gen_ai.conversation.id", "7");
    sink.accepted.clear();
    retrieval.documents(new Documents().add("d1", 0.5, "here").add(null, null, "there")).end();
    agent.leave();
    agent.output(new Messages().role("assistant").text("here")).end();

    SpanRecord found = sink.all(SpanRecord.class).get(0);
    assertThat(found.name()).isEqualTo("retrieval");
    assertThat(found.attributes()).containsEntry("engram.ai.documents", 2L);
    assertThat(payload(found, "gen_ai.retrieval.query.text")).isEqualTo("where?");
    assertThat(payload(found, "gen_ai.retrieval.documents"))
        .isEqualTo("[{\"id\":\"d1\",\"score\":0.5,\"content\":\"here\"},{\"content\":\"there\"}]");
    SpanRecord asked = sink.all(SpanRecord.class).get(1);
    assertThat(asked.name()).isEqualTo("invoke_agent Assistant");
    assertThat(asked.attributes()).containsEntry("gen_ai.conversation.id", "7");
    assertThat(payload(asked, "gen_ai.output.messages")).contains("here");
  }

  @Test
  void withoutCapture_nothingIsOpened() {
    Capture.stop();
    assertThat(ModelCall.open("chat", null, null)).isNull();
    assertThat(ToolCall.open("now", null, null)).isNull();
    assertThat(Retrieval.open(null)).isNull();
    assertThat(AgentCall.open("a", null, null)).isNull();
  }

  private static ModelCall streamOf(Object reader) {
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").begin().streams(reader);
    call.leave();
    return call;
  }

  private static String payload(SpanRecord span, String name) {
    return span.payloads().stream()
        .filter(payload -> payload.name().equals(name))
        .map(Payload::bytes)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + span));
  }
}
