package dev.engram.integration.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelProviderTest {
  private static final String TOOL =
      "{\"name\":\"lookUp\",\"parameters\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private ModelProvider provider;

  @BeforeEach
  void open() throws IOException {
    provider = new ModelProvider(0);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void everyInterface_answersThePrompt_andIsRemembered() throws Exception {
    String hello = Reply.answer("Hello");
    String chat = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    assertThat(json("/v1/chat/completions", "{\"model\":\"m\"," + chat).findValue("content"))
        .hasToString(Json.text(hello));
    assertThat(json("/v1/messages", "{\"model\":\"m\"," + chat).findValue("text"))
        .hasToString(Json.text(hello));
    assertThat(json("/api/chat", "{\"stream\":false," + chat).findValue("content"))
        .hasToString(Json.text(hello));
    assertThat(json("/v1/responses", "{\"model\":\"m\",\"input\":\"Hello\"}").findValue("text"))
        .hasToString(Json.text(hello));
    assertThat(
            json(
                    "/v1beta/models/g:generateContent",
                    "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}")
                .findValue("text"))
        .hasToString(Json.text(hello));
    assertThat(
            json(
                    "/model/b/converse",
                    "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}")
                .findValue("text"))
        .hasToString(Json.text(hello));
    assertThat(json("/model/b/invoke", "{\"max_tokens\":9," + chat).findValue("text"))
        .hasToString(Json.text(hello));
    assertThat(provider.prompts()).hasSize(7).containsOnly("Hello");
    assertThat(provider.interactions())
        .hasSize(7)
        .allSatisfy(it -> assertThat(it.asked().prompt()).isEqualTo("Hello"))
        .allSatisfy(it -> assertThat(it.answered()).isTrue());
  }

  @Test
  void embeddings_areVectors() throws Exception {
    JsonNode answer = json("/v1/embeddings", "{\"model\":\"e\",\"input\":[\"a\",\"b\"]}");

    assertThat(answer.path("data")).hasSize(2);
    assertThat(provider.interactions().get(0).asked().prompt()).isEqualTo("a\nb");
  }

  @Test
  void stream_ofWords_isTheWholeAnswer() throws Exception {
    String body = send("/v1/chat/completions", chat("Hello", true)).body();
    StringBuilder text = new StringBuilder();
    for (String line : body.split("\n\n")) {
      if (!line.endsWith("[DONE]")) {
        text.append(
            Json.parse(line.substring("data: ".length())).at("/choices/0/delta/content").asText());
      }
    }

    assertThat(text).hasToString(Reply.answer("Hello"));
    assertThat(body).endsWith("data: [DONE]\n\n");
  }

  @Test
  void promptForATool_callsIt_andItsResultIsAnswered() throws Exception {
    String tools = ",\"tools\":[{\"type\":\"function\",\"function\":" + TOOL + "}]";
    JsonNode call =
        json(
            "/v1/chat/completions",
            "{\"messages\":[" + user("Go [tool lookUp]") + "]" + tools + "}");
    JsonNode after =
        json(
            "/v1/chat/completions",
            "{\"messages\":["
                + user("Go [tool lookUp]")
                + ",{\"role\":\"tool\",\"content\":\"found\"}]"
                + tools
                + "}");

    assertThat(call.findValue("arguments").asText()).isEqualTo("{\"id\":1}");
    assertThat(after.findValue("content").asText()).isEqualTo("The tools said: found");
  }

  @Test
  void refusedPrompt_isAnsweredTheNextTime() throws Exception {
    List<HttpResponse<String>> answers =
        List.of(
            send("/v1/chat/completions", chat("[busy]", false)),
            send("/v1/chat/completions", chat("[busy]", false)),
            send("/v1/chat/completions", chat("[error 500]", false)));

    assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(429, 200, 500);
    assertThat(answers.get(0).headers().firstValue("Retry-After")).contains("0");
  }

  @Test
  void cutStream_endsWithoutItsEnd() {
    assertThatThrownBy(() -> send("/v1/chat/completions", chat("[cut]", true)))
        .isInstanceOf(IOException.class);
    assertThat(provider.interactions().get(0).answered()).isFalse();
  }

  private JsonNode json(String path, String body) throws Exception {
    return Json.parse(send(path, body).body());
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(provider.url() + path))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String chat(String prompt, boolean stream) {
    return "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[" + user(prompt) + "]}";
  }

  private static String user(String prompt) {
    return "{\"role\":\"user\",\"content\":\"" + prompt + "\"}";
  }
}
