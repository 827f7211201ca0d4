package dev.engram.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ShopTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @Test
  void products_areListedInOrder() throws Exception {
    HttpResponse<String> response = get("/products");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).containsSubsequence("Teapot", "Kettle", "Strainer", "Cup");
  }

  @Test
  void product_isFoundById() throws Exception {
    assertThat(get("/products/2").body()).contains("\"name\":\"Kettle\"", "\"priceCents\":3900");
  }

  @Test
  void product_thatIsAbsent_is404() throws Exception {
    assertThat(get("/products/99").statusCode()).isEqualTo(404);
  }

  @Test
  void order_isTakenAndLowersTheStock() throws Exception {
    HttpResponse<String> response = order(1, 2);

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).contains("\"totalCents\":4900");
    assertThat(get("/products/1").body()).contains("\"stock\":99998");
  }

  @Test
  void order_ofThirteen_failsAndLeavesTheStock() throws Exception {
    assertThat(order(3, 13).statusCode()).isEqualTo(500);
    assertThat(get("/products/3").body()).contains("\"stock\":100000");
  }

  @Test
  void order_ofMoreThanTheStock_isRefused() throws Exception {
    assertThat(order(4, 100_001).statusCode()).isEqualTo(409);
  }

  @Test
  void slow_takesItsTimeInTheDatabase() throws Exception {
    long start = System.nanoTime();

    assertThat(get("/slow").statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThan(140_000_000L);
  }

  @Test
  void legacy_isTurnedInto503() throws Exception {
    HttpResponse<String> response = get("/legacy");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("the old warehouse does not answer");
  }

  @Test
  void assistant_answersTheSameEachTime() throws Exception {
    String first = get("/assistant?q=how+do+I+make+tea").body();

    assertThat(first).contains("A teapot holds four cups");
    assertThat(get("/assistant?q=how+do+I+make+tea").body()).isEqualTo(first);
  }

  @Test
  void report_isMadeAsynchronously() throws Exception {
    assertThat(get("/report").body()).contains("revenueCents");
  }

  @Test
  void health_isUp() throws Exception {
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"up\"}");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> order(long product, int quantity)
      throws IOException, InterruptedException {
    String body = "{\"productId\":" + product + ",\"quantity\":" + quantity + "}";
    HttpRequest request =
        HttpRequest.newBuilder(at("/orders"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + port + path);
  }
}
