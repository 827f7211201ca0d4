package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.provider.ModelProvider;
import dev.engram.integration.provider.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of services that ask models by every framework and client, at no moment in
 * particular, while some answers come whole, some in pieces, and some go wrong. Each answer that
 * reached the application is remembered, once and as it was; each question that reached the
 * provider is, too, and as interrupted where no answer came any more.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class EveryModelCallIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INPUT = "gen_ai.input.messages";
  private static final String OUTPUT = "gen_ai.output.messages";

  /** Of all services together, on each JDK: on platform threads, or virtual ones where it can. */
  private static final int ANSWERS = Artifacts.isFullTier() ? 5_000 : 200;

  private static final Pattern QUESTION =
      Pattern.compile("(\\[[^\\]]*\\] )*Question \\d+ of service \\d+");

  /** A question that may be answered by an error, or by a part of an answer. */
  private static final Pattern MAY_FAIL =
      Pattern.compile("\\[(busy|down|error|malformed|cut)\\b.*");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void everyAnswerThatReachedTheApplication_isRememberedOnce_alsoWhereItsServiceIsKilled()
      throws IOException {
    long seed = System.nanoTime();
    System.out.println("Killing services that ask models on " + jdk + " with seed " + seed);
    List<AskedService> services = services(seed);
    rig.collector(jdk);
    try (ModelProvider provider = new ModelProvider(0)) {
      for (AskedService service : services) {
        service.live(rig, jdk, provider, ANSWERS / services.size() + 1);
      }
      rig.stopCollectors();
      Memory memory = rig.memory(jdk).drain();
      int remembered = 0;
      for (AskedService service : services) {
        remembered += assertRemembered(service, provider, memory);
      }
      assertThat(memory.aiCalls()).hasSize(remembered);
      assertThat(remembered).isGreaterThanOrEqualTo(ANSWERS);
    }
  }

  /** One of each framework and client, in its latest version; two of them in the fast tier. */
  private List<AskedService> services(long seed) {
    List<AskedService> services = new ArrayList<>();
    add(services, AiIT.langChain4j("1.19.0"), List.of("/chat", "/wrapped", "/stream"), seed);
    Map<String, AiClientFixture> clients = new LinkedHashMap<>();
    AiClientFixture.all().forEach(it -> clients.put(it.fixture().framework(), it));
    for (AiClientFixture client : clients.values()) {
      List<String> routes = new ArrayList<>(client.routes());
      routes.remove("/abandoned");
      add(services, client.fixture(), routes, seed);
    }
    add(services, SpringAiIT.latest(), List.of("/chat", "/stream"), seed);
    add(services, GoogleAdkIT.adk("1.8.0"), List.of("/run", "/stream"), seed);
    return Artifacts.isFullTier() ? services : services.subList(0, 2);
  }

  private void add(List<AskedService> services, Fixture fixture, List<String> routes, long seed) {
    services.add(new AskedService(rig, fixture, routes, services.size(), seed));
  }

  /** Returns how many calls there are. */
  private static int assertRemembered(AskedService service, ModelProvider provider, Memory memory)
      throws IOException {
    Map<String, JsonNode> calls = byQuestion(memory.trace(service.traceId()));
    assertThat(calls.keySet()).as("of %s", service).containsAll(service.asked(provider));
    Map<String, String> answers = service.answers();
    for (Map.Entry<String, String> answer : answers.entrySet()) {
      assertAnswered(answer.getKey(), answer.getValue(), calls.get(answer.getKey()), service);
    }
    for (String question : service.held()) {
      assertThat(answers).doesNotContainKey(question);
      assertThat(calls.get(question).path("status").asText())
          .as("%s of %s", question, service)
          .isEqualTo("interrupted");
    }
    return calls.size();
  }

  private static void assertAnswered(
      String question, String seen, JsonNode call, AskedService service) throws IOException {
    String what = question + " of " + service + ", answered with " + seen + ": " + call;
    assertThat(call).as(what).isNotNull();
    assertThat(call.path("status").asText()).as(what).isNotEqualTo("interrupted");
    if (call.path("name").asText().startsWith("embeddings")) {
      return;
    }
    String answer = Reply.answer(question);
    if (seen.contains(answer.substring(answer.lastIndexOf(' ') + 1))) {
      assertThat(call.path("status").asText()).as(what).isNotEqualTo("error");
      assertThat(String.join("", texts(said(call, OUTPUT)))).as(what).isEqualTo(answer);
    } else {
      assertThat(question).as(what).matches(MAY_FAIL);
    }
  }

  /** The calls by what they ask, which each has as it was asked; fails where one is there twice. */
  private static Map<String, JsonNode> byQuestion(Trace trace) throws IOException {
    Map<String, JsonNode> calls = new LinkedHashMap<>();
    for (JsonNode span : trace.spans("ai")) {
      if (span.path("kind").asText().equalsIgnoreCase("client")) {
        String question =
            texts(said(span, INPUT)).stream()
                .filter(text -> QUESTION.matcher(text).matches())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no question in " + span));
        assertThat(calls.put(question, span)).as("%s, twice", span).isNull();
      }
    }
    return calls;
  }

  /** A payload, or the attribute that has the same until a call has ended; empty for none. */
  private static String said(JsonNode span, String name) {
    for (JsonNode payload : span.path("payloads")) {
      if (payload.path("name").asText().equals(name)) {
        return payload.path("text").asText();
      }
    }
    return span.path("attributes").path(name).asText();
  }

  private static List<String> texts(String messages) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonNode message : JSON.readTree(messages)) {
      for (JsonNode part : message.path("parts")) {
        if (part.path("type").asText().equals("text")) {
          texts.add(part.path("content").asText());
        }
      }
    }
    return texts;
  }
}
