package com.acme.shop;

import dev.engram.agent.api.Idempotent;
import java.io.IOException;
import java.util.List;
import reactor.core.publisher.Mono;

/** Something for whose failure an older answer may stand in. */
public class Rates {
  public static boolean down;
  public static int runs;

  public long rate(String currency) throws IOException {
    answer();
    return currency.length();
  }

  /** The same name, other arguments. */
  public long rate(int currency) throws IOException {
    answer();
    return -currency;
  }

  public static String name(int currency) throws IOException {
    answer();
    return "currency " + currency;
  }

  public synchronized boolean isOpen(List<String> whom) throws IOException {
    answer();
    return whom.isEmpty();
  }

  public Mono<String> later() throws IOException {
    answer();
    return Mono.just("soon");
  }

  @Idempotent
  public String again() throws IOException {
    answer();
    return "again";
  }

  public void nothing() throws IOException {
    answer();
  }

  private static void answer() throws IOException {
    runs++;
    if (down) {
      throw new IOException("the exchange does not answer");
    }
  }
}
