package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import dev.engram.integration.provider.ModelProvider;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions that a provider refuses at first, through clients with retries of their own. */
@Tag("full")
@ParameterizedClass(name = "{0}, {2}")
@MethodSource("matrix")
class RetriedModelsIT {
  private static final int RUNS = 4;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture client;

  /** How often it asks again by itself. */
  @Parameter(1)
  int ownRetries;

  @Parameter(2)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Jdks.byTier()
        .flatMap(
            jdk ->
                Stream.of(
                    Arguments.of(langChain4j(), 1, jdk),
                    Arguments.of(ofProvider("openai-java", "4.101.0", "com.openai"), 2, jdk),
                    Arguments.of(ofProvider("anthropic-java", "3.14.0", "com.anthropic"), 2, jdk),
                    Arguments.of(springAi(), 2, jdk)));
  }

  private static Fixture langChain4j() {
    return Fixture.of(
            "LangChain4j",
            "1.19.0",
            "langchain4j",
            "dev.langchain4j:langchain4j:1.19.0",
            "dev.langchain4j:langchain4j-open-ai:1.19.0",
            "org.slf4j:slf4j-nop:2.0.17")
        .with("routes");
  }

  private static Fixture ofProvider(String name, String version, String group) {
    String coordinates = group + ":" + name + ":" + version;
    return Fixture.of(name, version, name, coordinates, "org.slf4j:slf4j-nop:2.0.17")
        .with("ai-questions")
        .with("routes");
  }

  private static Fixture springAi() {
    return Fixture.of(
            "Spring AI",
            "2.0.1",
            "spring-ai",
            "com.fasterxml.jackson.core:jackson-annotations:2.21",
            "org.springframework.ai:spring-ai-openai:2.0.1",
            "org.springframework.ai:spring-ai-client-chat:2.0.1",
            "org.springframework.ai:spring-ai-vector-store:2.0.1",
            "org.slf4j:slf4j-nop:2.0.17")
        .with("spring-ai-2")
        .with("routes");
  }

  @Test
  void refusedQuestion_isAskedAgain_andIsOneCallWithItsTokensOnce() throws IOException {
    rig.expectVoice("remedies\\.json|remedy R-");
    try (ModelProvider provider = new ModelProvider(0);
        GivenRemedies remedies =
            GivenRemedies.write(rig.home(), "ai 127.0.0.1:" + provider.port(), List.of(429, 503))) {
      Child service =
          client.start(
              rig, jdk, "-Dengram.heal=auto", "-Dretries=2", "-Dprovider=" + provider.url());
      Traffic traffic = Traffic.toApplication(service);
      awaitRemedies(traffic, provider);

      Answer healed = ask(traffic, "[down 3] and then it answers");
      assertThat(isAnswered(healed)).as(healed.body()).isTrue();
      assertThat(asked(provider, "and then it answers")).as("by the agent alone").isEqualTo(RUNS);
      assertThat(isAnswered(ask(traffic, "[busy 99] it never answers"))).isFalse();
      assertThat(asked(provider, "never answers"))
          .as("the agent's runs, and those that the client adds")
          .isEqualTo(RUNS + ownRetries);
      assertThat(isAnswered(ask(traffic, "[error 500] no"))).isFalse();
      assertThat(asked(provider, "[error 500]"))
          .as("the client's own alone")
          .isEqualTo(1 + ownRetries);
      service.stop();
      assertOneCall(healed);
    }
  }

  /** The service reads them about once a second; the client's own retries do not suffice. */
  private static void awaitRemedies(Traffic traffic, ModelProvider provider) {
    await("a refused question is asked again")
        .atMost(Duration.ofMinutes(2))
        .until(() -> isAnswered(ask(traffic, "[busy 3] try " + provider.prompts().size())));
  }

  private void assertOneCall(Answer healed) {
    List<JsonNode> calls = rig.memory(jdk).drain().trace(healed.traceId()).spans("ai");
    assertThat(calls).hasSize(1);
    JsonNode attributes = calls.get(0).path("attributes");
    assertThat(calls.get(0).path("status").asText()).isEqualTo("unset");
    assertThat(attributes.path("gen_ai.usage.input_tokens").asLong()).isPositive();
    assertThat(rig.memory(jdk).trace(healed.traceId()).spans("http")).hasSize(1 + RUNS);
  }

  private static long asked(ModelProvider provider, String words) {
    return provider.prompts().stream().filter(it -> it.contains(words)).count();
  }

  /** Some fixtures answer what went wrong as the application sees it. */
  private static boolean isAnswered(Answer answer) {
    return answer.status() == 200 && !answer.body().startsWith("failed");
  }

  private static Answer ask(Traffic traffic, String prompt) {
    return traffic.get("/chat?" + URLEncoder.encode(prompt, StandardCharsets.UTF_8));
  }
}
