package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What customers of the sample shop do in a few seconds: mostly fine, some slow, some failing. */
final class Traffic {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int ROUNDS = 5;
  private static final int PRODUCTS = 3;
  private static final int UNLUCKY_QUANTITY = 13;

  private final HttpClient client;
  private final URI shop;
  private int sent;

  Traffic(HttpClient client, URI shop) {
    this.client = client;
    this.shop = shop;
  }

  /**
   * Sends all of it.
   *
   * @return how many requests were answered, whatever the answer
   */
  int send() {
    for (int round = 0; round < ROUNDS; round++) {
      get("/products");
      for (int product = 1; product <= PRODUCTS; product++) {
        get("/products/" + product);
        order(product, 1 + round);
      }
      get("/assistant?q=Which+tea+keeps+me+awake%3F");
    }
    get("/products/4711");
    order(1, UNLUCKY_QUANTITY);
    order(2, UNLUCKY_QUANTITY);
    get("/legacy");
    get("/slow");
    return sent;
  }

  private void get(String path) {
    send(HttpRequest.newBuilder(shop.resolve(path)).GET());
  }

  private void order(int product, int quantity) {
    String order = "{\"productId\":" + product + ",\"quantity\":" + quantity + "}";
    send(
        HttpRequest.newBuilder(shop.resolve("/orders"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order)));
  }

  private void send(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(TIMEOUT).build();
    try {
      client.send(built, BodyHandlers.discarding());
      sent++;
    } catch (IOException failed) {
      throw new CommandException(
          "the sample shop did not answer " + built.uri() + " (" + failed + ")", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while sending traffic", interrupted);
    }
  }
}
