package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import dev.engram.integration.provider.ModelProvider;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions that a provider refuses at first, through a framework with retries of its own. */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class RetriedModelsIT {
  /** It asks again once itself. */
  private static final Fixture SERVICE =
      Fixture.of(
              "LangChain4j",
              "1.19.0",
              "langchain4j",
              "dev.langchain4j:langchain4j:1.19.0",
              "dev.langchain4j:langchain4j-open-ai:1.19.0",
              "org.slf4j:slf4j-nop:2.0.17")
          .with("routes");

  private static final int RUNS = 4;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void refusedQuestion_isAskedAgain_andIsOneCallWithItsTokensOnce() throws IOException {
    rig.expectVoice("remedies\\.json|remedy R-");
    try (ModelProvider provider = new ModelProvider(0)) {
      GivenRemedies.write(rig.home(), "ai 127.0.0.1:" + provider.port(), List.of(429, 503));
      Child service = SERVICE.start(rig, jdk, "-Dengram.heal=auto", "-Dprovider=" + provider.url());
      Traffic traffic = Traffic.toApplication(service);
      await("a refused question is asked again")
          .atMost(Duration.ofSeconds(20))
          .until(() -> ask(traffic, "[busy 3] try " + provider.prompts().size()).status() == 200);

      Answer healed = ask(traffic, "[down 3] and then it answers");
      assertThat(healed.status()).isEqualTo(200);
      Answer refused = ask(traffic, "[busy 9] it never answers");
      assertThat(refused.status()).isEqualTo(500);
      assertThat(provider.prompts().stream().filter(it -> it.contains("never answers")))
          .as("the agent's runs, and the one that the framework adds")
          .hasSize(RUNS + 1);
      assertThat(ask(traffic, "[error 500] no").status()).isEqualTo(500);
      assertThat(provider.prompts().stream().filter(it -> it.contains("[error 500]")))
          .as("the framework's own two")
          .hasSize(2);
      service.stop();

      List<JsonNode> calls = rig.memory(jdk).drain().trace(healed.traceId()).spans("ai");
      assertThat(calls).hasSize(1);
      JsonNode attributes = calls.get(0).path("attributes");
      assertThat(calls.get(0).path("status").asText()).isEqualTo("unset");
      assertThat(attributes.path("gen_ai.usage.input_tokens").asLong()).isPositive();
      assertThat(rig.memory(jdk).trace(healed.traceId()).spans("http")).hasSize(1 + RUNS);
    }
  }

  private static Answer ask(Traffic traffic, String prompt) {
    return traffic.get("/chat?" + URLEncoder.encode(prompt, StandardCharsets.UTF_8));
  }
}
