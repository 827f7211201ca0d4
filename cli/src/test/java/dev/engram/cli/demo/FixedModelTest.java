package dev.engram.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FixedModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FixedModel model = FixedModel.start();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void shop_asksIt_unlessThereIsAKeyForOpenAi() {
    Map<String, String> own = Map.of("SHOP_MODEL_URL", model.url());

    assertThat(model.settings(Map.of())).isEqualTo(own);
    assertThat(model.settings(Map.of("OPENAI_API_KEY", " "))).isEqualTo(own);
    assertThat(model.settings(Map.of("OPENAI_API_KEY", "sk-1"))).isEmpty();
  }

  @Test
  void ticket_isRoutedByItsFirstWord_surerThanThatIsRight() throws Exception {
    JsonNode routed = JSON.readTree(ask("Choose the queue", "It came late and broken, my money!"));

    assertThat(routed.path("queue").asText()).isEqualTo("shipping");
    assertThat(routed.path("confidence").asDouble()).isEqualTo(0.94);
    assertThat(routed.path("reasoning")).hasSize(2);
    assertThat(ask("Answer a customer", "Ticket: ?\nNote: it left today"))
        .contains("it left today");
  }

  private String ask(String instructions, String text) throws IOException, InterruptedException {
    Map<String, Object> request =
        Map.of(
            "model",
            "gpt-4o-mini",
            "messages",
            new Object[] {
              Map.of("role", "system", "content", instructions),
              Map.of("role", "user", "content", text)
            });
    String answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(model.url() + "/chat/completions"))
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(request)))
                    .build(),
                BodyHandlers.ofString())
            .body();
    JsonNode read = JSON.readTree(answer);
    assertThat(read.at("/usage/total_tokens").asInt()).isPositive();
    return read.at("/choices/0/message/content").asText();
  }
}
