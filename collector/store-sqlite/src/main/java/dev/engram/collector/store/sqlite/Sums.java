package dev.engram.collector.store.sqlite;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Spans, or exceptions, of one kind summed up. Not thread-safe. */
final class Sums {
  private final SumKind kind;
  private final Map<Sum.Key, Sum> sums = new HashMap<>();
  private final Sum.Buckets buckets = new Sum.Buckets();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  Sums(SumKind kind) {
    this.kind = kind;
  }

  Map<Sum.Key, Sum> all() {
    return sums;
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  /** When the earliest began. */
  long first() {
    return first;
  }

  /** When the latest began. */
  long last() {
    return last;
  }

  /** That of this key, to which a span that began then is to be added. */
  Sum of(Sum.Key key, long start) {
    first = Math.min(first, start);
    last = Math.max(last, start);
    return sums.computeIfAbsent(key, absent -> new Sum());
  }

  byte[] toBytes(BlobWriter out) {
    out.reset();
    sums.forEach(
        (key, sum) -> {
          out.putUnsigned(key.instance());
          write(key, out);
          sum.write(out);
        });
    return out.toBytes();
  }

  private void write(Sum.Key key, BlobWriter out) {
    if (kind == SumKind.EXCEPTION) {
      out.putFixed(key.name());
    } else if (key.text() != null) {
      out.putString(key.text());
    } else {
      out.putUnsigned(key.system());
      out.putUnsigned(key.name());
    }
  }

  /**
   * Adds what {@link #toBytes} gave.
   *
   * @param first when the earliest of them began
   * @param last when the latest did
   */
  void add(byte[] bytes, long first, long last) throws SQLException {
    this.first = Math.min(this.first, first);
    this.last = Math.max(this.last, last);
    BlobReader in = new BlobReader(bytes);
    while (in.hasMore()) {
      sums.computeIfAbsent(key(in), absent -> new Sum()).read(in, buckets);
    }
  }

  private Sum.Key key(BlobReader in) throws SQLException {
    long instance = in.getUnsigned();
    return switch (kind) {
      case EXCEPTION -> new Sum.Key(instance, 0, in.getFixed(), null);
      case OTHER_STATEMENT -> new Sum.Key(instance, 0, 0, in.getString());
      case REQUEST, STATEMENT -> new Sum.Key(instance, in.getUnsigned(), in.getUnsigned(), null);
    };
  }
}
