package dev.engram.agent.core.ai;

import dev.engram.agent.record.Hash64;

/** What a model is told before the messages, and the hash that is its version. */
final class Instructions extends Content {
  private final Hash64 hash = new Hash64();

  void add(String text) {
    hash.add(text);
    element().field("type", "text").raw(",").field("content", text).raw("}");
  }

  /** Of the texts as the application gave them; 16 hex digits. */
  String hash() {
    return String.format("%016x", hash.value());
  }
}
