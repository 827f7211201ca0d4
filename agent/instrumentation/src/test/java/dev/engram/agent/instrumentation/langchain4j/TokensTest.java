package dev.engram.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.langchain4j.model.counted.ProviderUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each provider counts in its own way; what is remembered is always the whole. */
class TokensTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void thoughtsOfGemini_countAsOutput() {
    assertThat(remembered("gcp.gemini", ProviderUsage.gemini(10, 50, 860, 800, 4)))
        .containsEntry("gen_ai.usage.input_tokens", 10L)
        .containsEntry("gen_ai.usage.output_tokens", 850L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 800L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 4L);
  }

  @Test
  void thoughtsThatOnlyTheTotalHas_countAsOutput() {
    assertThat(remembered("gcp.vertex_ai", new TokenUsage(10, 50, 860)))
        .containsEntry("gen_ai.usage.output_tokens", 850L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 800L);
  }

  @Test
  void totalOfAnotherProvider_saysNothingOfItsOutput() {
    assertThat(remembered("aws.bedrock", new TokenUsage(10, 50, 860)))
        .containsEntry("gen_ai.usage.output_tokens", 50L)
        .doesNotContainKey("gen_ai.usage.reasoning.output_tokens");
  }

  @Test
  void inputThatWentToACacheOfBedrock_countsAsInput() {
    assertThat(remembered("aws.bedrock", ProviderUsage.bedrock(10, 50, 7)))
        .containsEntry("gen_ai.usage.input_tokens", 17L)
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", 7L);
  }

  private Map<String, Object> remembered(String provider, TokenUsage usage) {
    ModelCall call = Objects.requireNonNull(ModelCall.open("chat", provider, "m"));
    Tokens.of(usage, call);
    call.end();
    return run.onlySpan().attributes();
  }
}
