package dev.engram.collector.store.sqlite;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Attributes as bytes: for each the key's word, a tag, and the value. Types and values come back
 * exactly.
 */
final class AttributeBlob {
  private static final int TEXT = 0;
  private static final int WORD = 1;
  private static final int LONG = 2;
  private static final int DOUBLE = 3;
  private static final int FALSE = 4;
  private static final int TRUE = 5;

  private AttributeBlob() {}

  static byte[] encode(Map<String, Object> attributes, Words words, BlobWriter out)
      throws SQLException {
    out.reset();
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      put(attribute.getKey(), attribute.getValue(), words, out);
    }
    return out.toBytes();
  }

  static Map<String, Object> decode(byte[] bytes, WordTexts words) throws SQLException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    BlobReader in = new BlobReader(bytes);
    while (in.hasMore()) {
      attributes.put(words.text(in.getUnsigned()), value(in, words));
    }
    return attributes;
  }

  /** Gives each word that is referred to. */
  static void eachWord(byte[] bytes, LongConsumer words) throws SQLException {
    BlobReader in = new BlobReader(bytes);
    while (in.hasMore()) {
      words.accept(in.getUnsigned());
      int tag = in.getByte();
      switch (tag) {
        case TEXT -> in.skipString();
        case WORD -> words.accept(in.getUnsigned());
        case LONG -> in.getSigned();
        case DOUBLE -> in.getFixed();
        case FALSE, TRUE -> {}
        default -> throw new SQLException("attribute of an unknown type " + tag);
      }
    }
  }

  private static void put(String key, Object value, Words words, BlobWriter out)
      throws SQLException {
    out.putUnsigned(words.id(key));
    if (value instanceof String text) {
      putText(key, text, words, out);
    } else if (value instanceof Long number) {
      out.putByte(LONG);
      out.putSigned(number);
    } else if (value instanceof Double number) {
      out.putByte(DOUBLE);
      out.putFixed(Double.doubleToRawLongBits(number));
    } else if (value instanceof Boolean truth) {
      out.putByte(truth ? TRUE : FALSE);
    } else {
      throw new IllegalArgumentException(
          "attribute " + key + " is a " + value.getClass().getName() + ", not a value of ours");
    }
  }

  private static void putText(String key, String text, Words words, BlobWriter out)
      throws SQLException {
    long word = words.idOfValue(key, text);
    if (word == Words.NONE) {
      out.putByte(TEXT);
      out.putString(text);
    } else {
      out.putByte(WORD);
      out.putUnsigned(word);
    }
  }

  private static Object value(BlobReader in, WordTexts words) throws SQLException {
    int tag = in.getByte();
    return switch (tag) {
      case TEXT -> in.getString();
      case WORD -> words.text(in.getUnsigned());
      case LONG -> in.getSigned();
      case DOUBLE -> Double.longBitsToDouble(in.getFixed());
      case FALSE -> false;
      case TRUE -> true;
      default -> throw new SQLException("attribute of an unknown type " + tag);
    };
  }
}
