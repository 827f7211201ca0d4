package dev.engram.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With a price service, which knows the price of product 2 alone. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PricesTest {
  private static HttpServer prices;

  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @BeforeAll
  static void startPrices() throws IOException {
    prices = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prices.createContext(
        "/prices/2",
        exchange -> {
          byte[] body = "4100".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    prices.start();
  }

  @AfterAll
  static void stopPrices() {
    prices.stop(0);
  }

  @DynamicPropertySource
  static void askThem(DynamicPropertyRegistry registry) {
    registry.add("shop.prices.url", () -> "http://127.0.0.1:" + prices.getAddress().getPort());
    // Another test's shop may be there still.
    registry.add("spring.datasource.url", () -> "jdbc:h2:mem:prices;DB_CLOSE_DELAY=-1");
  }

  @Test
  void product_hasTodaysPrice() throws Exception {
    assertThat(get("/products/2").body()).contains("\"name\":\"Kettle\"", "\"priceCents\":4100");
  }

  @Test
  void product_fails_withoutItsPrice() throws Exception {
    assertThat(get("/products/3").statusCode()).isEqualTo(500);
  }

  @Test
  void list_asksForNoPrices() throws Exception {
    assertThat(get("/products").body()).contains("\"priceCents\":3900");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
