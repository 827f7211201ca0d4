package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.analysis.ai.Price;
import dev.engram.collector.analysis.ai.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceFileTest {
  private static final Tokens MILLION = new Tokens(1_000_000, 0, 0, 0, 0);
  private static final String OWN =
      "{\"prices\":[{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"from\":\"2024-01-01\","
          + "\"input\":7,\"output\":9},{\"provider\":\"ollama\",\"model\":\"*\","
          + "\"from\":\"2020-01-01\",\"input\":0,\"output\":0}]}";

  @TempDir private Path home;

  @Test
  void shippedPrices_areSound() {
    assertThat(PriceFile.shipped())
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates()
        .allMatch(price -> price.input() > 0 && price.input() < 1_000)
        .allMatch(price -> price.output() >= 0 && price.output() < 1_000)
        .allMatch(price -> price.cacheRead() == null || price.cacheRead() < price.input())
        .allMatch(price -> price.cacheWrite() == null || price.cacheWrite() > price.input())
        .allMatch(price -> price.fromEpochNanos() > 0)
        .extracting(Price::provider)
        .contains("openai", "anthropic", "aws.bedrock", "gcp.*", "mistral_ai", "deepseek");
  }

  @Test
  void shippedPrices_areOfTheDay() {
    assertThat(cost("openai", "gpt-4o", "2025-06-01T00:00:00Z")).isEqualTo(2.5);
    assertThat(cost("openai", "o3", "2025-05-01T00:00:00Z")).isEqualTo(10);
    assertThat(cost("openai", "o3", "2025-06-10T00:00:00Z")).isEqualTo(2);
    assertThat(cost("gcp.gemini", "gemini-2.5-flash", "2025-10-01T00:00:00Z")).isEqualTo(0.3);
    assertThat(cost("anthropic", "claude-sonnet-4-5-20250929", "2025-10-01T00:00:00Z"))
        .as("more than 200,000 tokens of input")
        .isEqualTo(6);
    assertThat(cost("ollama", "llama3", "2025-10-01T00:00:00Z")).isNull();
  }

  @Test
  void bedrocksPrices_areOfTheProfile() {
    String haiku = "anthropic.claude-haiku-4-5-20251001-v1:0";
    String day = "2025-11-01T00:00:00Z";
    assertThat(cost("aws.bedrock", "global." + haiku, day)).isEqualTo(1);
    assertThat(cost("aws.bedrock", "eu." + haiku, day)).isEqualTo(1.1);
    assertThat(cost("aws.bedrock", "amazon.nova-pro-v1:0", day)).isEqualTo(0.8);
    assertThat(cost("aws.bedrock", "us.meta.llama4-maverick-17b-instruct-v1:0", day)).isNull();
    assertThat(cost("anthropic", "global." + haiku, day)).isNull();
  }

  @Test
  void pricesOfTheHome_goFirst() throws IOException {
    Files.writeString(home.resolve(PriceFile.NAME), OWN);

    assertThat(cost("openai", "gpt-4o", "2025-06-01T00:00:00Z")).isEqualTo(7);
    assertThat(cost("ollama", "llama3", "2025-10-01T00:00:00Z")).isZero();
    assertThat(cost("openai", "gpt-4o-mini", "2025-06-01T00:00:00Z")).isEqualTo(0.15);
  }

  @Test
  void brokenFile_isNamedInOneLine() throws IOException {
    assertRefused("{", "line 1");
    assertRefused(OWN.replace("\"input\":7,", ""), "input");
    assertRefused(OWN.replace("2024-01-01", "soon"), "soon");
    assertRefused(OWN.replace("\"output\":9", "\"outputs\":9,\"output\":9"), "outputs");
    assertRefused("{}", "prices");
    assertRefused("x".repeat(2 << 20), "longer");
  }

  private void assertRefused(String json, String why) throws IOException {
    Files.writeString(home.resolve(PriceFile.NAME), json);

    assertThatThrownBy(() -> PriceFile.of(new Home(home)))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining(home.resolve(PriceFile.NAME).toString())
        .hasMessageContaining(why)
        .hasMessageEndingWith("correct or remove it")
        .message()
        .doesNotContain("\n");
  }

  private @Nullable Double cost(String provider, String model, String time) {
    long start = Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    return PriceFile.of(new Home(home))
        .cost(new AiCall(provider, model, null, start, 1, false, false, MILLION, -1, 0));
  }
}
