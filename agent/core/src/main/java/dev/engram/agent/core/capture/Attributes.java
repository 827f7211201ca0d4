package dev.engram.agent.core.capture;

import dev.engram.agent.record.AttributeKey;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one open span, in the order they were first put; a second value of a name
 * replaces the first. Holds numbers unboxed. Confined to whoever fills the span.
 */
final class Attributes {
  /** What the number in a slot is, in place of a text. */
  enum Number {
    LONG,
    DOUBLE,
    BOOLEAN
  }

  /** Of a span that was written; takes nothing. */
  static final Attributes NONE = new Attributes(0);

  private static final int FIRST_CAPACITY = 12;

  private final int limit;
  private AttributeKey[] keys = new AttributeKey[FIRST_CAPACITY];
  private Object[] values = new Object[FIRST_CAPACITY];
  private long[] numbers = new long[FIRST_CAPACITY];
  private int size;
  private int dropped;
  private byte @Nullable [] encoded;
  private int encodedSize;

  Attributes(int limit) {
    this.limit = limit;
  }

  /** Values that are no Long, Double or Boolean become text. */
  static Attributes of(Map<String, Object> values, int limit) {
    Attributes attributes = new Attributes(limit);
    values.forEach((name, value) -> attributes.put(AttributeKey.of(name), value));
    return attributes;
  }

  private void put(AttributeKey key, Object value) {
    if (value instanceof Long number) {
      put(key, (long) number);
    } else if (value instanceof Double number) {
      put(key, (double) number);
    } else if (value instanceof Boolean flag) {
      put(key, (boolean) flag);
    } else {
      put(key, String.valueOf(value));
    }
  }

  void put(AttributeKey key, String text) {
    put(key, text, 0);
  }

  void put(AttributeKey key, long value) {
    put(key, Number.LONG, value);
  }

  void put(AttributeKey key, double value) {
    put(key, Number.DOUBLE, Double.doubleToRawLongBits(value));
  }

  void put(AttributeKey key, boolean value) {
    put(key, Number.BOOLEAN, value ? 1 : 0);
  }

  int size() {
    return size;
  }

  /** Values that came when the limit was reached. */
  int dropped() {
    return dropped;
  }

  /** Keeps all of them as they were encoded, so that a second record need not do it again. */
  void encoded(byte[] fields) {
    encoded = fields;
    encodedSize = size;
  }

  /** The first {@link #encodedSize} as they were encoded; null when one of them was replaced. */
  byte @Nullable [] encoded() {
    return encoded;
  }

  int encodedSize() {
    return encodedSize;
  }

  AttributeKey key(int slot) {
    return keys[slot];
  }

  /** A String, or which {@link Number} is in {@link #number}. */
  Object value(int slot) {
    return values[slot];
  }

  long number(int slot) {
    return numbers[slot];
  }

  /** The whole number under this name, or 0. */
  long longOf(AttributeKey key) {
    int slot = slotOf(key);
    return slot >= 0 && values[slot] == Number.LONG ? numbers[slot] : 0;
  }

  boolean has(AttributeKey key) {
    return slotOf(key) >= 0;
  }

  /** The text under this name, or null. */
  @Nullable String textOf(AttributeKey key) {
    int slot = slotOf(key);
    return slot >= 0 && values[slot] instanceof String text ? text : null;
  }

  private void put(AttributeKey key, Object value, long number) {
    int slot = slotOf(key);
    if (slot < 0) {
      if (size == limit) {
        dropped++;
        return;
      }
      slot = newSlot(key);
    } else if (slot < encodedSize) {
      encoded = null;
    }
    values[slot] = value;
    numbers[slot] = number;
  }

  private int newSlot(AttributeKey key) {
    if (size == keys.length) {
      int capacity = size * 2;
      keys = Arrays.copyOf(keys, capacity);
      values = Arrays.copyOf(values, capacity);
      numbers = Arrays.copyOf(numbers, capacity);
    }
    keys[size] = key;
    return size++;
  }

  private int slotOf(AttributeKey key) {
    for (int i = 0; i < size; i++) {
      AttributeKey other = keys[i];
      if (other == key || other.code() == 0 && other.name().equals(key.name())) {
        return i;
      }
    }
    return -1;
  }
}
