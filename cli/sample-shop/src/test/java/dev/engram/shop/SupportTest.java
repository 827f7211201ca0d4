package dev.engram.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The parts that ask a model, which is one fixed answer here. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SupportTest {
  private static final String ANSWER =
      """
      {"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"stop",
      "message":{"role":"assistant","content":"{\\"queue\\":\\"shipping\\",\\"confidence\\":0.9,\\"reasoning\\":[\\"asks where\\"]}"}}],
      "usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13}}""";

  private static final Queue<String> KEYS = new ConcurrentLinkedQueue<>();

  private static HttpServer model;

  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @BeforeAll
  static void startModel() throws IOException {
    model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext(
        "/v1/chat/completions",
        exchange -> {
          KEYS.add(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    model.start();
  }

  @AfterAll
  static void stopModel() {
    model.stop(0);
  }

  @DynamicPropertySource
  static void askThatModel(DynamicPropertyRegistry registry) {
    registry.add(
        "shop.model.url", () -> "http://127.0.0.1:" + model.getAddress().getPort() + "/v1");
    registry.add("OPENAI_API_KEY", () -> "sk-of-a-provider");
    // Another test's shop may be there still.
    registry.add("spring.datasource.url", () -> "jdbc:h2:mem:support;DB_CLOSE_DELAY=-1");
  }

  @Test
  void ticket_isRoutedAndAnswered() throws Exception {
    HttpResponse<String> answer =
        post("/tickets", "{\"id\":\"t1\",\"customer\":\"ada\",\"text\":\"Where is it?\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"queue\":\"shipping\"", "\"reply\"");
    assertThat(post("/tickets/t1/resolution?solved=true", "").statusCode()).isEqualTo(200);
    assertThat(post("/tickets/t1/rating?stars=4", "").statusCode()).isEqualTo(200);
  }

  @Test
  void question_isAnswered() throws Exception {
    HttpRequest question =
        HttpRequest.newBuilder(uri("/support?customer=ada&q=Which+tea%3F")).build();

    assertThat(client.send(question, BodyHandlers.ofString()).body()).contains("asks where");
    assertThat(KEYS).contains("Bearer sk-of-a-provider");
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
