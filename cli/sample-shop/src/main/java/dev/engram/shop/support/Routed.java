package dev.engram.shop.support;

import java.util.List;

/**
 * Where a ticket goes.
 *
 * @param confidence as the model states it, 0 to 1
 */
record Routed(String queue, double confidence, List<String> reasoning) {
  static final List<String> QUEUES = List.of("refunds", "shipping", "people");

  /** Computed, so that the decision shows between what it was made. */
  public List<String> queues() {
    return QUEUES;
  }
}
