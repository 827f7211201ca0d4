package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * What two customers of the sample shop do in a few seconds: mostly fine, some slow, some failing,
 * and those of one alone. Of the tickets that the shop's router is sure of, a third were for
 * another queue, which shows when they are resolved.
 */
final class Traffic {
  /** Says who a customer is, as a gateway in front of the shop would. */
  static final String CUSTOMER = "X-Customer";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String ADA = "ada";
  private static final String BOB = "bob";
  private static final int ROUNDS = 5;
  private static final int PRODUCTS = 3;
  private static final int UNLUCKY_QUANTITY = 13;
  private static final int TICKETS = 45;

  /** Each third of them is routed by the wrong word. */
  private static final List<String> TEXTS =
      List.of(
          "Where is my parcel? It should be here by now.",
          "The cup came broken, I want my money back.",
          "It came late and broken, so I want my money back.");

  private final HttpClient client;
  private final URI shop;
  private String customer = ADA;
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
      customer = round % 2 == 0 ? ADA : BOB;
      get("/products");
      for (int product = 1; product <= PRODUCTS; product++) {
        get("/products/" + product);
        order(product, 1 + round);
      }
      get("/assistant?q=Which+tea+keeps+me+awake%3F");
    }
    support();
    customer = BOB;
    get("/products/4711");
    order(1, UNLUCKY_QUANTITY);
    order(2, UNLUCKY_QUANTITY);
    get("/legacy");
    get("/slow");
    return sent;
  }

  /** Questions and tickets, and what customers said later of what became of them. */
  private void support() {
    customer = BOB;
    ask("Which+tea+is+best+in+the+evening%3F");
    customer = ADA;
    ask("What+was+in+order+1%3F");
    ask("And+in+order+2%3F");
    for (int ticket = 1; ticket <= TICKETS; ticket++) {
      int kind = ticket % TEXTS.size();
      ticket("t-" + ticket, TEXTS.get(kind));
    }
    for (int ticket = 1; ticket <= TICKETS; ticket++) {
      boolean solved = ticket % TEXTS.size() != TEXTS.size() - 1;
      post("/tickets/t-" + ticket + "/resolution?solved=" + solved);
      post("/tickets/t-" + ticket + "/rating?stars=" + (solved ? 5 : 2));
    }
  }

  private void ask(String question) {
    get("/support?customer=" + customer + "&q=" + question);
  }

  private void ticket(String id, String text) {
    post(
        "/tickets",
        "{\"id\":\"" + id + "\",\"customer\":\"" + customer + "\",\"text\":\"" + text + "\"}");
  }

  private void get(String path) {
    send(HttpRequest.newBuilder(shop.resolve(path)).GET());
  }

  private void order(int product, int quantity) {
    post("/orders", "{\"productId\":" + product + ",\"quantity\":" + quantity + "}");
  }

  private void post(String path, String json) {
    send(
        HttpRequest.newBuilder(shop.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private void post(String path) {
    send(HttpRequest.newBuilder(shop.resolve(path)).POST(BodyPublishers.noBody()));
  }

  private void send(HttpRequest.Builder request) {
    HttpRequest built = request.header(CUSTOMER, customer).timeout(TIMEOUT).build();
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
