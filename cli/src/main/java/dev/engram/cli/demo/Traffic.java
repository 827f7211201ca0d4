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
 * another queue, which shows when they are resolved. Each version of the shop has the same.
 */
final class Traffic {
  /** Says who a customer is, as a gateway in front of the shop would. */
  static final String CUSTOMER = "X-Customer";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String ADA = "ada";
  private static final String BOB = "bob";

  /** So that a cold JVM does not hide what differs between two versions. */
  private static final int WARM_UP = 40;

  private static final int ROUNDS = 10;
  private static final int PRODUCTS = 3;
  private static final int UNLUCKY_QUANTITY = 13;
  private static final int SERVER_ERROR = 500;

  /** So many are written to each version. */
  static final int TICKETS = 24;

  /** Each third of them is routed by the wrong word. */
  private static final List<String> TEXTS =
      List.of(
          "Where is my parcel? It should be here by now.",
          "The cup came broken, I want my money back.",
          "It came late and broken, so I want my money back.");

  private final HttpClient client;
  private final URI shop;
  private final int earlierTickets;
  private String customer = ADA;
  private int sent;

  /**
   * To one version of the shop.
   *
   * @param earlierTickets how many were written before
   */
  Traffic(HttpClient client, URI shop, int earlierTickets) {
    this.client = client;
    this.shop = shop;
    this.earlierTickets = earlierTickets;
  }

  /** What mostly goes well. */
  void usual() {
    look(WARM_UP);
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
  }

  /** What is slow or fails. */
  void unlucky() {
    customer = BOB;
    get("/products/4711");
    order(1, UNLUCKY_QUANTITY);
    order(2, UNLUCKY_QUANTITY);
    get("/legacy");
    get("/slow");
  }

  /**
   * Looks at one product after the other.
   *
   * @return how often that failed
   */
  int look(int times) {
    int failed = 0;
    for (int i = 0; i < times; i++) {
      failed += get("/products/" + (1 + i % PRODUCTS)) >= SERVER_ERROR ? 1 : 0;
    }
    return failed;
  }

  /** How many requests were answered so far, whatever the answer. */
  int sent() {
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
      ticket(id(ticket), TEXTS.get(ticket % TEXTS.size()));
    }
    for (int ticket = 1; ticket <= TICKETS; ticket++) {
      boolean solved = ticket % TEXTS.size() != TEXTS.size() - 1;
      post("/tickets/" + id(ticket) + "/resolution?solved=" + solved);
      post("/tickets/" + id(ticket) + "/rating?stars=" + (solved ? 5 : 2));
    }
  }

  private String id(int ticket) {
    return "t-" + (earlierTickets + ticket);
  }

  private void ask(String question) {
    get("/support?customer=" + customer + "&q=" + question);
  }

  private void ticket(String id, String text) {
    post(
        "/tickets",
        "{\"id\":\"" + id + "\",\"customer\":\"" + customer + "\",\"text\":\"" + text + "\"}");
  }

  private int get(String path) {
    return send(HttpRequest.newBuilder(shop.resolve(path)).GET());
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

  /** The status of the answer. */
  private int send(HttpRequest.Builder request) {
    HttpRequest built = request.header(CUSTOMER, customer).timeout(TIMEOUT).build();
    try {
      int status = client.send(built, BodyHandlers.discarding()).statusCode();
      sent++;
      return status;
    } catch (IOException failed) {
      throw new CommandException(
          "the sample shop did not answer " + built.uri() + " (" + failed + ")", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while sending traffic", interrupted);
    }
  }
}
