package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.http.ClientRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlternativeModelsTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void watch() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void models_areReadAsTheyAreWritten_oneForEach_andTheRestIsNamed() {
    String models = "large=small, acme/l:1=acme/s:1, large=tiny, same=same, one, a=b=c, =a, a\"b=c";

    assertThat(AlternativeModels.listed(configuration(models)))
        .containsOnly(Map.entry("large", "small"), Map.entry("acme/l:1", "acme/s:1"));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(6)
        .allMatch(line -> line.startsWith("engram: engram.heal.models: '"))
        .anyMatch(line -> line.contains("'large=tiny' is left out: the model is named before"))
        .anyMatch(line -> line.contains("'same=same' is left out; write model=other-model"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, https://api.example/v1/chat/completions, true",
    "POST, https://api.example/v1/responses?a=b, true",
    "POST, http://127.0.0.1:8080/v1/messages, true",
    "GET, https://api.example/v1/chat/completions, false",
    "POST, https://api.example/v1/orders, false",
    // The vectors of two models cannot be compared.
    "POST, https://api.example/v1/embeddings, false",
    // The path names the model, so that the body's name says nothing.
    "POST, https://a.example/openai/deployments/large/chat/completions, false",
    "POST, https://g.example/v1beta/models/large:generateContent, false",
    "POST, https://bedrock.example/model/large/converse, false",
  })
  void onlyQuestionsWhoseBodyNamesTheModel_areOpenToAnother(
      String method, URI url, boolean isOpen) {
    assertThat(AlternativeModels.mayBeFor(ClientRequest.of(method, url))).isEqualTo(isOpen);
  }

  /** As a property: in the agent's argument a comma before an equals sign begins a setting. */
  private static Configuration configuration(String models) {
    Properties properties = new Properties();
    properties.setProperty("engram.heal.models", models);
    return Configuration.load(null, properties, Map.of(), Set.of(), problem -> {});
  }
}
