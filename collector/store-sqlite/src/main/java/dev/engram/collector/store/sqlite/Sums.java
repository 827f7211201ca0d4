package dev.engram.collector.store.sqlite;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spans, or exceptions, of one kind summed up. Not thread-safe. */
final class Sums implements BlockContent {
  private final SumKind kind;

  /**
   * The words of the services of the instances that are asked for; null to keep instances apart.
   */
  private final @Nullable Map<Long, Long> services;

  private final Map<Sum.Key, Sum> sums = new HashMap<>();
  private final Sum.Buckets buckets = new Sum.Buckets();

  /** Takes what is not asked for. */
  private final Sum others = new Sum();

  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  private Sums(SumKind kind, @Nullable Map<Long, Long> services) {
    this.kind = kind;
    this.services = services;
  }

  /** Of all instances, each on its own. */
  static Sums byInstance(SumKind kind) {
    return new Sums(kind, null);
  }

  /**
   * Of some instances, by the word of their service.
   *
   * @param services that word, by instance
   */
  static Sums byService(SumKind kind, Map<Long, Long> services) {
    return new Sums(kind, services);
  }

  Map<Sum.Key, Sum> all() {
    return sums;
  }

  @Override
  public boolean isEmpty() {
    return sums.isEmpty();
  }

  @Override
  public long first() {
    return first;
  }

  @Override
  public long last() {
    return last;
  }

  /** That of this key, whose owner is an instance, to add a span to that began then. */
  Sum of(Sum.Key key, long start) {
    first = Math.min(first, start);
    last = Math.max(last, start);
    return of(key);
  }

  private Sum of(Sum.Key key) {
    if (services == null) {
      return sums.computeIfAbsent(key, absent -> new Sum());
    }
    Long service = services.get(key.owner());
    return service == null
        ? others
        : sums.computeIfAbsent(
            new Sum.Key(service, key.system(), key.name(), key.text()), absent -> new Sum());
  }

  @Override
  public byte[] toBytes(BlobWriter out) {
    out.reset();
    sums.forEach(
        (key, sum) -> {
          out.putUnsigned(key.owner());
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
   * Adds what {@link #toBytes} gave of instances.
   *
   * @param first when the earliest of them began
   * @param last when the latest did
   */
  void add(byte[] bytes, long first, long last) throws SQLException {
    this.first = Math.min(this.first, first);
    this.last = Math.max(this.last, last);
    BlobReader in = new BlobReader(bytes);
    while (in.hasMore()) {
      of(key(in)).read(in, buckets);
    }
  }

  /** How long the longest of all requests took that {@link #toBytes} wrote; -1 for none. */
  static long longest(byte[] requests) throws SQLException {
    long longest = -1;
    BlobReader in = new BlobReader(requests);
    while (in.hasMore()) {
      in.getUnsigned();
      in.getUnsigned();
      in.getUnsigned();
      longest = Math.max(longest, Sum.skip(in));
    }
    return longest;
  }

  private Sum.Key key(BlobReader in) throws SQLException {
    long instance = in.getUnsigned();
    return switch (kind) {
      case EXCEPTION -> new Sum.Key(instance, 0, in.getFixed(), null);
      case OTHER_STATEMENT -> new Sum.Key(instance, 0, 0, in.getString());
      case REQUEST, STATEMENT -> new Sum.Key(instance, in.getUnsigned(), in.getUnsigned(), null);
      case CALL -> throw new SQLException("calls of models have no sums");
    };
  }
}
