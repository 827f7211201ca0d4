package com.acme.shop;

import java.util.concurrent.CompletableFuture;

/** Knows nothing of the agent. */
public class Pricing {
  public int quote(int amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("negative amount");
    }
    return amount * 2;
  }

  public CompletableFuture<Integer> quote(CompletableFuture<Integer> amount) {
    return amount.thenApply(this::doubled);
  }

  public int doubled(int amount) {
    return amount * 2;
  }
}
