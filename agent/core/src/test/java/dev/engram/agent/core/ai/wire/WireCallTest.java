package dev.engram.agent.core.ai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireCallTest {
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream; charset=utf-8";
  private static final String CHAT = "/v1/chat/completions";
  private static final String GEMINI = "/v1beta/models/g:streamGenerateContent";
  private static final String ASK =
      "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}";

  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void chat_isRememberedFromItsBodies() {
    SpanRecord span =
        whole(
            CHAT,
            "{'model':'m','temperature':1,'stop':['a','b'],'messages':["
                + "{'role':'system','content':'Be brief.'},"
                + "{'role':'user','content':[{'type':'text','text':'Hi \\u00e9'}]},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'c','function':"
                + "{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c','content':'17'}],"
                + "'tools':[{'type':'function','function':{'name':'f','parameters':{'a':1}}}]}",
            "{'id':'1','model':'m-2','choices':[{'index':0,'finish_reason':'stop','message':"
                + "{'role':'assistant','content':'Hello'}}],'usage':{'prompt_tokens':5,"
                + "'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':3},"
                + "'completion_tokens_details':{'reasoning_tokens':1}}}");

    assertThat(span.name()).isEqualTo("chat m");
    assertThat(span.attributes())
        .containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.request.temperature", 1.0)
        .containsEntry("gen_ai.request.stop_sequences", "a\nb")
        .containsEntry("gen_ai.response.id", "1")
        .containsEntry("gen_ai.response.model", "m-2")
        .containsEntry("gen_ai.response.finish_reasons", "stop")
        .containsEntry("gen_ai.usage.input_tokens", 5L)
        .containsEntry("gen_ai.usage.output_tokens", 2L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 3L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 1L);
    assertThat(payload(span, "gen_ai.input.messages"))
        .isEqualTo(
            json(
                "[{'role':'user','parts':[{'type':'text','content':'Hi \u00e9'}]},"
                    + "{'role':'assistant','parts':[{'type':'tool_call','id':'c','name':'f',"
                    + "'arguments':{}}]},{'role':'tool','parts':[{'type':'tool_call_response',"
                    + "'id':'c','response':17}]}]"));
    assertThat(payload(span, "gen_ai.output.messages"))
        .isEqualTo(
            json(
                "[{'role':'assistant','parts':[{'type':'text','content':'Hello'}],"
                    + "'finish_reason':'stop'}]"));
    assertThat(payload(span, "gen_ai.system_instructions")).contains("Be brief.");
    assertThat(payload(span, "gen_ai.tool.definitions")).contains(json("'parameters':{'a':1}"));
  }

  @Test
  void inputThatPassedACache_countsAsInput() {
    SpanRecord span =
        whole(
            "/v1/messages",
            ASK,
            "{'id':'1','content':[{'type':'text','text':'A'},{'type':'tool_use','id':'t',"
                + "'name':'f','input':{'a':1}}],'stop_reason':'tool_use','usage':"
                + "{'input_tokens':5,'cache_read_input_tokens':3,"
                + "'cache_creation_input_tokens':2,'output_tokens':4}}");

    assertThat(span.attributes())
        .containsEntry("gen_ai.provider.name", "anthropic")
        .containsEntry("gen_ai.usage.input_tokens", 10L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 3L)
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", 2L)
        .containsEntry("gen_ai.usage.output_tokens", 4L);
    assertThat(payload(span, "gen_ai.output.messages")).contains(json("'arguments':{'a':1}"));
  }

  @Test
  void stream_isOverBeforeItsLastChunkIsPassedOn() throws IOException {
    String events =
        "data: {'id':'1','choices':[{'index':0,'delta':{'content':'Hel'}}]}\n\n"
            + "data: {'choices':[{'index':0,'delta':{'content':'lo'},'finish_reason':'stop'}]}\n\n"
            + "data: {'choices':[],'usage':{'prompt_tokens':5,'completion_tokens':2}}\n\n"
            + "data: [DONE]\n\n";
    AnswerStream stream = answer(CHAT, ASK, EVENTS, events);
    int last = json(events).indexOf("\n\ndata: [DONE]");

    assertThat(stream.readNBytes(last)).hasSize(last);
    assertThat(sink.all(SpanRecord.class)).isEmpty();
    assertThat(stream.readNBytes(1)).hasSize(1);

    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.attributes())
        .containsEntry("gen_ai.request.stream", true)
        .containsEntry("gen_ai.usage.input_tokens", 5L)
        .containsEntry("engram.ai.chunks", 3L)
        .doesNotContainKey("engram.ai.incomplete");
    assertThat(payload(span, "gen_ai.output.messages")).contains("Hello").contains("stop");
  }

  @Test
  void streamWithoutUsage_isOverWhenItSaysSo() throws IOException {
    SpanRecord span =
        read(
            CHAT,
            "data: {'choices':[{'index':0,'delta':{'content':'Hi'},'finish_reason':'stop'}]}\n\n"
                + "data: [DONE]\n\n");

    assertThat(span.attributes()).doesNotContainKey("engram.ai.incomplete");
    assertThat(payload(span, "gen_ai.output.messages")).contains("Hi");
  }

  @Test
  void streamedTool_isPutTogether() throws IOException {
    SpanRecord span =
        read(
            "/v1/messages",
            "event: message_start\n"
                + "data:"
                + " {'type':'message_start','message':{'id':'1','usage':{'input_tokens':5}}}\n\n"
                + "data:"
                + " {'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t','name':'f','input':{}}}\n\n"
                + "data:"
                + " {'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{\\'a\\''}}\n\n"
                + "data:"
                + " {'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':':1}'}}\n\n"
                + "data:"
                + " {'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':7}}\n\n"
                + "data: {'type':'message_stop'}\n\n");

    assertThat(span.attributes())
        .containsEntry("gen_ai.usage.input_tokens", 5L)
        .containsEntry("gen_ai.usage.output_tokens", 7L);
    assertThat(payload(span, "gen_ai.output.messages"))
        .contains(json("'id':'t','name':'f','arguments':{'a':1}"));
  }

  @Test
  void cutStream_isIncomplete() throws IOException {
    SpanRecord span = read(CHAT, "data: {'choices':[{'index':0,'delta':{'content':'Hel'}}]}\n\n");

    assertThat(span.attributes()).containsEntry("engram.ai.incomplete", true);
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(payload(span, "gen_ai.output.messages")).contains("Hel");
  }

  @Test
  void answerThatIsNoJson_isAnError() throws IOException {
    SpanRecord span = whole(CHAT, ASK, "{'id':'1','choices':[");

    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes())
        .containsEntry("error.type", "malformed_answer")
        .doesNotContainKey("gen_ai.usage.input_tokens");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 4096})
  void answerInPieces_isReadLikeOneInOne(int size) {
    String word =
        "data: {'choices':[{'index':0,'delta':{'content':'\u00e9\u4e2d\ud83d\ude00 '}}]}\n\n";
    byte[] events = json(word.repeat(9) + "data: [DONE]\n\n").getBytes(StandardCharsets.UTF_8);
    byte[] whole =
        json("{'choices':[{'message':{'content':'\u00e9\u4e2d\ud83d\ude00'}}]}")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(inPieces(EVENTS, events, size)).contains("\u00e9\u4e2d\ud83d\ude00 ".repeat(9));
    assertThat(inPieces(JSON, whole, size))
        .contains("'\u00e9\u4e2d\ud83d\ude00'".replace('\'', '"'));
  }

  @Test
  void answerBeyondWhatIsRead_isRememberedInItsBeginning_andSaidToBeCut() {
    String escaped = "\\u0061".repeat(WireCall.answerLimit() / 6 + 1);
    SpanRecord span = whole(CHAT, ASK, "{'choices':[{'message':{'content':'" + escaped + "'}}]}");

    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(payload(span, "gen_ai.output.messages")).contains("aaaa");
    assertThat(payloadOf(span, "gen_ai.output.messages").truncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\n\ndata: [DONE]\n\n", ""})
  void streamedLineBeyondWhatIsRead_isRememberedInItsBeginning_andSaidToBeCut(String end)
      throws IOException {
    String escaped = "\\u0061".repeat(WireCall.answerLimit() / 6 + 1);
    SpanRecord span =
        read(
            CHAT,
            "data: {'choices':[{'index':0,'delta':{'content':'Hi '}}]}\n\n"
                + "data: {'choices':[{'index':0,'delta':{'content':'"
                + escaped
                + "'},'finish_reason':'stop'}]}"
                + end);

    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.attributes()).doesNotContainKeys("error.type", "engram.ai.incomplete");
    assertThat(payload(span, "gen_ai.output.messages")).contains("Hi ");
    assertThat(payloadOf(span, "gen_ai.output.messages").truncated()).isTrue();
  }

  /** Whoever answers shall not choose how much memory that takes. */
  @Test
  void answerOfVeryManyPieces_takesNoMoreThanOneOfOne() {
    Answer answer = new Answer(1_000);
    String word = "word ".repeat(100);
    for (int index = 0; index < 100_000; index++) {
      answer.text(index, word);
      answer.thought(-index, word);
      answer.tool(index, index, "t", "f", word);
      answer.finished(word);
    }
    ModelCall call = ModelCall.open("chat", null, "m").begin();
    call.leave();
    answer.tell(call);
    call.end();

    String output = payload(sink.only(SpanRecord.class), "gen_ai.output.messages");
    assertThat(output.split("\"tool_call\"", -1)).hasSizeBetween(2, 129);
    assertThat(output.split("\"content\":\"word", -1)).hasSizeBetween(2, 4);
    assertThat(output).hasSizeLessThan(60_000);
  }

  @Test
  void streamedLineThatIsNoJson_isAnError() throws IOException {
    SpanRecord span = read(CHAT, "data: {'choices':[\n\n");

    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes()).containsEntry("error.type", "malformed_answer");
  }

  @Test
  void streamInABinaryForm_isNotRead_andNoError() {
    WireCall call = open("/model/m/converse-stream", ASK);
    call.leave();
    AnswerBytes answer = call.answered(200, "application/vnd.amazon.eventstream", null);
    answer.add(new byte[] {0, 1}, 0, 2);
    answer.ended();

    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.attributes()).containsEntry("gen_ai.request.stream", true);
  }

  @Test
  void refusal_isAnErrorWithItsReason() {
    WireCall call = open(CHAT, ASK);
    call.leave();
    AnswerBytes answer = call.answered(429, JSON, null);
    answer.add(StandardCharsets.UTF_8.encode(json("{'error':{'message':'Too many'}}")));
    answer.ended();

    assertThat(sink.only(SpanRecord.class).attributes()).containsEntry("error.type", "429");
  }

  @Test
  void failureWithAGoodStatus_isAnError() {
    SpanRecord span =
        whole(
            "/v1/responses",
            "{'model':'m','input':'Hi'}",
            "{'id':'1','status':'failed','error':{'code':'server_error','message':'No'},"
                + "'usage':{'input_tokens':5,'output_tokens':0}}");

    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes())
        .containsEntry("error.type", "server_error")
        .containsEntry("gen_ai.response.id", "1")
        .containsEntry("gen_ai.usage.input_tokens", 5L);
  }

  @Test
  void errorThatIsNull_isNone() {
    SpanRecord span =
        whole(
            "/v1/responses",
            "{'model':'m','input':'Hi'}",
            "{'id':'1','status':'completed','error':null}");

    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'response.failed','response':{'status':'failed','error':"
            + "{'code':'server_error','message':'No'}}}",
        "{'type':'error','code':'server_error','message':'No'}",
        "{'type':'error','error':{'type':'server_error','message':'No'}}"
      })
  void streamThatEndsInAFailure_isAnError(String event) throws IOException {
    answer("/v1/responses", "{'model':'m','input':'Hi'}", EVENTS, "data: " + event + "\n\n")
        .readAllBytes();

    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes()).containsEntry("error.type", "server_error");
  }

  @Test
  void streamAsAnArray_isReadPieceByPiece() {
    SpanRecord span =
        whole(
            GEMINI,
            "{'contents':[{'parts':[{'text':'Hi'}]}]}",
            "[{'candidates':[{'content':{'parts':[{'text':'Hel'}]}}]},"
                + "{'candidates':[{'content':{'parts':[{'text':'lo'}]},'finishReason':'STOP'}],"
                + "'usageMetadata':{'promptTokenCount':5,'candidatesTokenCount':2}}]");

    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.attributes())
        .containsEntry("gen_ai.usage.input_tokens", 5L)
        .containsEntry("gen_ai.usage.output_tokens", 2L);
    assertThat(payload(span, "gen_ai.output.messages")).contains("Hello");
  }

  @Test
  void arrayOfNoPieces_isNoAnswer() {
    SpanRecord span = whole(GEMINI, "{'contents':[]}", "[]");

    assertThat(span.attributes()).containsEntry("error.type", "malformed_answer");
  }

  @ParameterizedTest
  @CsvSource({
    "/openai/deployments/x/chat/completions?api-version=1, chat x",
    "/openai/deployments/x/embeddings, embeddings x",
    "/v1/responses, chat m",
    "/v1/embeddings, embeddings m",
    "/v1beta/models/g:generateContent, generate_content g",
    "/v1beta/models/g:streamGenerateContent?alt=sse, generate_content g",
    "/v1beta/models/g:embedContent, embeddings g",
    "/api/chat, chat m",
    "/api/generate, text_completion m",
    "/api/embed, embeddings m",
    "/model/anthropic.claude%3A0/converse, chat anthropic.claude:0",
    "/model/anthropic.claude%3A0/invoke, chat anthropic.claude:0",
    "/model/anthropic.claude%3A0/invoke-with-response-stream, chat anthropic.claude:0"
  })
  void everyInterface_isKnownByItsPath(String path, String name) {
    String request =
        "{'model':'m','max_tokens':9,'input':'Hi','prompt':'Hi',"
            + "'messages':[{'role':'user','content':'Hi'}],'contents':[{'parts':[{'text':'Hi'}]}],"
            + "'content':{'parts':[{'text':'Hi'}]}}";

    SpanRecord span = whole(path, request, "{}");

    assertThat(span.name()).isEqualTo(name);
    assertThat(payload(span, "gen_ai.input.messages")).isNotEmpty();
  }

  @Test
  void embeddingWithoutAModelInItsBody_isThatOfThePath() {
    SpanRecord span = whole("/openai/deployments/x/embeddings", "{'input':'Hi'}", "{}");

    assertThat(span.name()).isEqualTo("embeddings x");
    assertThat(payload(span, "gen_ai.input.messages")).contains("Hi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/models", "/orders", "/", "", "/x:y", "/messages/batches", "/orders/invoke"})
  void otherPaths_askNoModel(String path) {
    assertThat(Endpoint.of("POST", "api.openai.com", path)).isNull();
    assertThat(Endpoint.of("GET", null, CHAT)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{'text':'To a friend'}", "{'messages':'Hi'}"})
  void otherBodies_askNoModel(String body) {
    byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);

    assertThat(WireCall.open(Endpoint.of("POST", null, "/v1/messages"), bytes, bytes.length))
        .isNull();
  }

  private SpanRecord whole(String path, String request, String response) {
    WireCall call = open(path, request);
    call.leave();
    AnswerBytes answer = call.answered(200, JSON, null);
    answer.add(StandardCharsets.UTF_8.encode(json(response)));
    answer.ended();
    return sink.only(SpanRecord.class);
  }

  /** What was answered, read from buffers that have no array of their own. */
  private String inPieces(String type, byte[] body, int size) {
    WireCall call = open(CHAT, ASK);
    call.leave();
    AnswerBytes answer = call.answered(200, type, null);
    ByteBuffer bytes = ByteBuffer.allocateDirect(body.length).put(body).flip();
    while (bytes.hasRemaining()) {
      ByteBuffer piece = bytes.slice().limit(Math.min(size, bytes.remaining()));
      answer.add(piece.asReadOnlyBuffer());
      bytes.position(bytes.position() + piece.remaining());
    }
    answer.ended();
    List<SpanRecord> spans = sink.all(SpanRecord.class);
    return payload(spans.get(spans.size() - 1), "gen_ai.output.messages");
  }

  private SpanRecord read(String path, String events) throws IOException {
    answer(path, ASK, EVENTS, events).readAllBytes();
    return sink.only(SpanRecord.class);
  }

  private static AnswerStream answer(String path, String request, String type, String body) {
    WireCall call = open(path, request);
    call.leave();
    byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
    AnswerBytes along = call.answered(200, type, null);
    AnswerStream stream = new AnswerStream(new ByteArrayInputStream(bytes), along, "here");
    along.readThrough(stream);
    return stream;
  }

  private static WireCall open(String path, String request) {
    byte[] body = json(request).getBytes(StandardCharsets.UTF_8);
    return WireCall.open(Endpoint.of("POST", null, path), body, body.length);
  }

  private static String payload(SpanRecord span, String name) {
    return new String(payloadOf(span, name).bytes(), StandardCharsets.UTF_8);
  }

  private static Payload payloadOf(SpanRecord span, String name) {
    return span.payloads().stream()
        .filter(payload -> payload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + span));
  }

  /** Readable here: with the other quotes. */
  private static String json(String text) {
    return text.replace("\\'", "\\\"").replace('\'', '"');
  }
}
