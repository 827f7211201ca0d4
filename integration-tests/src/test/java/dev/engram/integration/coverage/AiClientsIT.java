package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import dev.engram.integration.provider.Interaction;
import dev.engram.integration.provider.ModelProvider;
import dev.engram.integration.provider.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every question to a model is one span with what was asked and answered, whatever client asks and
 * however it goes wrong, and its attempts are below it; the application sees what it sees without
 * the agent.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class AiClientsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each says to the provider what it is to do. */
  private static final List<String> PROMPTS =
      List.of(
          "Where is order 17, \u00e9\u4e2d\ud83d\ude00?",
          "[cached] [think] Why?",
          "[tool lookUp] Look it up",
          "[slow 400] Take your time",
          "[busy] Are you there?",
          "[down] And you?",
          "[error 400] Nonsense",
          "[malformed] What?",
          "[cut] Tell me more");

  private static final String HELD = "[hold] Tell me everything";
  private static final List<String> UNREAD = List.of("[error 400] Unread", "Unread");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  AiClientFixture client;

  @Parameter(1)
  Jdk jdk;

  private ModelProvider provider;

  /** A request to the application, what it answered, and what the provider was asked meanwhile. */
  private record Made(String route, String prompt, Answer answer, List<Interaction> asked) {
    Interaction last() {
      return asked.get(asked.size() - 1);
    }

    boolean streams() {
      return last().asked().streams();
    }

    /** Whether the application did not read an answer that was none of an error. */
    boolean isLeft() {
      return prompt.equals(HELD) || prompt.equals("Unread");
    }
  }

  static Stream<Arguments> matrix() {
    return Matrix.of(AiClientFixture.all(), AiClientFixture::fixture);
  }

  @BeforeEach
  void open() throws IOException {
    provider = new ModelProvider(0);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void everyQuestion_isOneSpan_withWhatWasAskedAndAnswered() throws IOException {
    String option = "-Dprovider=" + provider.url();
    List<Made> bare = ask(client.fixture().startBare(rig, jdk, option));
    List<Made> made = ask(client.fixture().start(rig, jdk, option));
    Trace trace = rig.memory(jdk).drain().trace(made.get(0).answer().traceId());

    List<JsonNode> requests = ofKind(trace.spans("http"), "SERVER");
    assertThat(requests).hasSize(made.size());
    for (int i = 0; i < made.size(); i++) {
      Made call = made.get(i);
      assertThat(call.answer().body()).as("%s", call).isEqualTo(bare.get(i).answer().body());
      List<JsonNode> asked = below(requests.get(i), trace.spans("ai"));
      assertThat(asked).as("of %s", call).hasSize(1);
      assertSpan(call, asked.get(0), below(asked.get(0), trace.spans("http")));
    }
    assertThat(trace.spans("ai")).hasSize(made.size());
    Coverage.ran("AI client", client.fixture(), jdk, made.size(), trace.spans("ai"));
  }

  private List<Made> ask(Child service) throws IOException {
    Traffic traffic = Traffic.toApplication(service);
    provider.forget();
    String traceId = Traffic.newTraceId();
    List<Made> made = new ArrayList<>();
    for (String route : client.routes()) {
      for (String prompt : prompts(route)) {
        int before = provider.interactions().size();
        String query = URLEncoder.encode(prompt, StandardCharsets.UTF_8);
        Answer answer = traffic.send(traceId, "GET", route + "?" + query, BodyPublishers.noBody());
        made.add(new Made(route, prompt, answer, asked(prompt, before)));
      }
    }
    service.stop();
    return made;
  }

  private static List<String> prompts(String route) {
    return switch (route) {
      case "/abandoned" -> List.of(HELD);
      case "/unread" -> UNREAD;
      default -> PROMPTS;
    };
  }

  /** Without those of an earlier prompt that was held, which end when they like. */
  private List<Interaction> asked(String prompt, int before) {
    return provider.interactions().stream()
        .skip(before)
        .filter(it -> it.asked().prompt().equals(prompt))
        .toList();
  }

  private void assertSpan(Made made, JsonNode span, List<JsonNode> attempts) throws IOException {
    JsonNode attributes = span.path("attributes");
    boolean embeds = made.route().equals("/embeddings");
    assertThat(span.path("name").asText())
        .isEqualTo((embeds ? "embeddings" : client.spoken().operation()) + " stub-chat");
    assertThat(attributes.path("gen_ai.provider.name").asText())
        .isEqualTo(client.spoken().provider());
    assertThat(contents(Trace.payload(span, "gen_ai.input.messages")))
        .containsExactly(made.prompt());
    if (!embeds) {
      assertThat(Trace.payload(span, "gen_ai.system_instructions")).contains("Be brief.");
    }
    if (made.isLeft()) {
      assertThat(attributes.path("engram.ai.incomplete").asBoolean()).as("%s", span).isTrue();
      return;
    }
    assertThat(attempts)
        .as("attempts of %s", made)
        .extracting(it -> it.path("attributes").path("http.response.status_code").asInt())
        .containsExactlyElementsOf(made.asked().stream().map(Interaction::status).toList());
    assertThat(attributes.path("engram.ai.retries").asInt())
        .as("%s", made)
        .isEqualTo(made.asked().size() - 1);
    assertOutcome(made, span);
  }

  private void assertOutcome(Made made, JsonNode span) throws IOException {
    JsonNode attributes = span.path("attributes");
    String error = attributes.path("error.type").asText();
    boolean cutStream = made.prompt().startsWith("[cut]") && made.streams();
    assertThat(attributes.path("engram.ai.incomplete").asBoolean())
        .as("%s", span)
        .isEqualTo(cutStream);
    if (made.last().status() >= 400) {
      assertThat(error).isEqualTo(Integer.toString(made.last().status()));
    } else if (made.prompt().startsWith("[malformed]")) {
      assertThat(error).isEqualTo("malformed_answer");
      assertThat(attributes.has("gen_ai.usage.input_tokens")).isFalse();
    } else if (made.prompt().startsWith("[cut]")) {
      assertThat(error.isEmpty()).as("%s", span).isEqualTo(made.streams());
    } else {
      assertThat(error).as("%s of %s", span, made).isEmpty();
      assertAnswer(made, span);
    }
  }

  private void assertAnswer(Made made, JsonNode span) throws IOException {
    JsonNode attributes = span.path("attributes");
    Reply reply = made.last().reply();
    assertThat(attributes.path("gen_ai.usage.input_tokens").asInt())
        .as("%s", made)
        .isEqualTo(reply.usage().input());
    if (made.route().equals("/embeddings")) {
      return;
    }
    assertThat(attributes.path("gen_ai.usage.output_tokens").asInt())
        .isEqualTo(reply.usage().output());
    assertThat(attributes.path("gen_ai.usage.cache_read.input_tokens").asInt())
        .isEqualTo(client.spoken().caches() ? reply.usage().cacheRead() : 0);
    assertThat(attributes.path("gen_ai.response.model").asText())
        .isEqualTo(client.spoken().model());
    assertThat(attributes.path("gen_ai.response.finish_reasons").asText()).isNotEmpty();
    String output = Trace.payload(span, "gen_ai.output.messages");
    if (reply.calls().isEmpty()) {
      assertThat(contents(output)).contains(reply.text());
    } else {
      String id = client.spoken().namesToolCalls() ? reply.calls().get(0).id() : "";
      assertThat(output).contains(id).contains("\"name\":\"lookUp\"");
      assertThat(Trace.payload(span, "gen_ai.tool.definitions")).contains("lookUp");
    }
    if (made.streams()) {
      assertThat(attributes.path("gen_ai.request.stream").asBoolean()).isTrue();
      assertThat(attributes.path("engram.ai.chunks").asInt()).isPositive();
      double first = attributes.path("gen_ai.response.time_to_first_chunk").asDouble();
      assertThat(first).isGreaterThan(made.prompt().startsWith("[slow") ? 0.3 : 0);
    }
  }

  /** The texts of all parts. */
  private static List<String> contents(String messages) throws IOException {
    List<String> contents = new ArrayList<>();
    for (JsonNode message : JSON.readTree(messages)) {
      for (JsonNode part : message.path("parts")) {
        if (part.path("type").asText().equals("text")) {
          contents.add(part.path("content").asText());
        }
      }
    }
    return contents;
  }

  private static List<JsonNode> ofKind(List<JsonNode> spans, String kind) {
    return spans.stream()
        .filter(span -> span.path("kind").asText().equalsIgnoreCase(kind))
        .toList();
  }

  private static List<JsonNode> below(JsonNode parent, List<JsonNode> spans) {
    return spans.stream()
        .filter(span -> span.path("parent_span_id").equals(parent.path("span_id")))
        .toList();
  }
}
