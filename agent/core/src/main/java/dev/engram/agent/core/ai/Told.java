package dev.engram.agent.core.ai;

import org.jspecify.annotations.Nullable;

/**
 * What layers of a call said of one thing: that of the outermost that spoke counts. Written by one
 * thread at a time.
 */
final class Told<T> {
  private @Nullable T value;
  private int layer;
  private boolean taken;

  void by(int sayingLayer, T said) {
    if (isOpenTo(sayingLayer)) {
      value = said;
      layer = sayingLayer;
    }
  }

  /** Null when nobody has spoken. */
  @Nullable T get() {
    return value;
  }

  /** Whether a word of this layer would count. */
  boolean isOpenTo(int sayingLayer) {
    return !taken && (value == null || sayingLayer <= layer);
  }

  /** What was said, the first time somebody asks after anything was; nobody is heard later. */
  @Nullable T take() {
    T said = taken ? null : value;
    taken = value != null;
    return said;
  }
}
