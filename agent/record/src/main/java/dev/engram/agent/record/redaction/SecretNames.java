package dev.engram.agent.record.redaction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that masks match, each matched once and then remembered, within bounds that hold
 * whatever names come. Thread-safe.
 */
final class SecretNames {
  /** More names than this are matched each time. */
  private static final int MAX_KNOWN = 1024;

  /** So are names longer than this many characters. */
  private static final int MAX_KNOWN_LENGTH = 64;

  private final KeyMasks masks;
  private final KeyMasks allowed;
  private final Map<String, NameMeaning> known = new ConcurrentHashMap<>();

  /**
   * @param allowed takes names out again
   */
  SecretNames(KeyMasks masks, KeyMasks allowed) {
    this.masks = masks;
    this.allowed = allowed;
  }

  boolean contains(String name) {
    return meaning(name) == NameMeaning.SECRET;
  }

  NameMeaning meaning(String name) {
    NameMeaning meaning = known.get(name);
    return meaning == null ? match(name) : meaning;
  }

  /** Whether it may contain what this part of a text says: asked before a name is made of it. */
  boolean mayContain(String text, int from, int end) {
    return masks.mayMatch(text, from, end);
  }

  private NameMeaning match(String name) {
    boolean secret = masks.matches(name) && !allowed.matches(name);
    NameMeaning meaning = secret ? NameMeaning.SECRET : NameMeaning.ofOther(name);
    if (name.length() <= MAX_KNOWN_LENGTH && known.size() < MAX_KNOWN) {
      known.put(name, meaning);
    }
    return meaning;
  }
}
