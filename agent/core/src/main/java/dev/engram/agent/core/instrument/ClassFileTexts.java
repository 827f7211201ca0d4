package dev.engram.agent.core.instrument;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts in the constants of class files: names, descriptors and literals. Without a parser of
 * class files, because it is asked for every class that is loaded. Immutable.
 */
final class ClassFileTexts {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int COUNT_OFFSET = 8;
  private static final int CONSTANTS_OFFSET = 10;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  /** Bytes of a constant of each tag, with the tag; 0 for tags that are not in use. JVMS 4.4. */
  private static final byte[] SIZES = {
    0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3
  };

  private record Text(byte[] bytes, int index) {}

  private final Map<String, Integer> indexes = new HashMap<>();

  /** By length. */
  private final List<List<Text>> texts = new ArrayList<>();

  /**
   * Looks for these.
   *
   * @param wanted in ASCII
   */
  ClassFileTexts(Collection<String> wanted) {
    wanted.stream().distinct().forEach(this::add);
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    while (texts.size() <= bytes.length) {
      texts.add(new ArrayList<>());
    }
    texts.get(bytes.length).add(new Text(bytes, indexes.size()));
    indexes.put(text, indexes.size());
  }

  /** The places that {@link #heldBy} has for these. */
  BitSet of(Collection<String> wanted) {
    BitSet places = new BitSet();
    wanted.forEach(text -> places.set(Objects.requireNonNull(indexes.get(text), text)));
    return places;
  }

  /** Those that a class file holds; null when it cannot be read that far. */
  @Nullable BitSet heldBy(byte[] file) {
    if (file.length < CONSTANTS_OFFSET || number(file, 0, 4) != MAGIC) {
      return null;
    }
    BitSet held = new BitSet();
    int count = number(file, COUNT_OFFSET, 2);
    int at = CONSTANTS_OFFSET;
    for (int i = 1; i < count; i++) {
      int tag = at < file.length ? file[at] : 0;
      int next = at + (tag == UTF8 ? utf8(file, at, held) : size(tag));
      if (next <= at || next > file.length) {
        return null;
      }
      at = next;
      i += tag == LONG || tag == DOUBLE ? 1 : 0;
    }
    return held;
  }

  /** Looks at the text that begins at its tag; returns how many bytes it has in all, or 0. */
  private int utf8(byte[] file, int at, BitSet held) {
    int from = at + 3;
    if (from > file.length) {
      return 0;
    }
    int length = number(file, at + 1, 2);
    if (length < texts.size() && from + length <= file.length) {
      List<Text> ofLength = texts.get(length);
      for (int i = 0; i < ofLength.size(); i++) {
        Text text = ofLength.get(i);
        if (isAt(file, from, text.bytes())) {
          held.set(text.index());
        }
      }
    }
    return 3 + length;
  }

  private static boolean isAt(byte[] file, int from, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (file[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static int size(int tag) {
    return tag < 0 || tag >= SIZES.length ? 0 : SIZES[tag];
  }

  private static int number(byte[] file, int from, int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | file[from + i] & 0xFF;
    }
    return value;
  }
}
