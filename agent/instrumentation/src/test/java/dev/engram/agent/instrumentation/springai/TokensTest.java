package dev.engram.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.instrumentation.RecordedRun;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.counted.ExtendedUsage;

/** Each provider counts in its own way; what is remembered is always the whole. */
class TokensTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void thoughtsOfGemini_countAsOutput() {
    assertThat(remembered("gcp.gemini", new DefaultUsage(10, 50, 860), Map.of(), null))
        .containsEntry("gen_ai.usage.input_tokens", 10L)
        .containsEntry("gen_ai.usage.output_tokens", 850L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 800L);
  }

  @Test
  void whatGeminisToolsGave_countsAsInput() {
    assertThat(remembered("gcp.gemini", new ExtendedUsage(10, 50, 865, 4, 5), Map.of(), null))
        .containsEntry("gen_ai.usage.input_tokens", 15L)
        .containsEntry("gen_ai.usage.output_tokens", 850L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 4L);
  }

  @Test
  void thoughtsOfTheRoundsBefore_areNotCountedAgain() {
    Usage both = new DefaultUsage(30, 70, 1000);
    assertThat(remembered("gcp.gemini", both, Map.of(), new DefaultUsage(10, 50, 860)))
        .containsEntry("gen_ai.usage.input_tokens", 20L)
        .containsEntry("gen_ai.usage.output_tokens", 120L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 100L);
  }

  @Test
  void inputThatPassedACacheOfBedrock_countsAsInput() {
    Map<String, Object> told = Map.of("cacheReadInputTokens", 3, "cacheWriteInputTokens", 7);
    assertThat(remembered("aws.bedrock", new DefaultUsage(10, 50, 70), told, null))
        .containsEntry("gen_ai.usage.input_tokens", 20L)
        .containsEntry("gen_ai.usage.output_tokens", 50L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 3L)
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", 7L);
  }

  private Map<String, Object> remembered(
      String provider, Usage usage, Map<String, Object> told, Usage before) {
    ModelCall call = Objects.requireNonNull(ModelCall.open("chat", provider, "m"));
    ChatResponseMetadata metadata = ChatResponseMetadata.builder().metadata(told).build();
    Tokens.tell(call, usage, metadata, before);
    call.end();
    return run.onlySpan().attributes();
  }
}
