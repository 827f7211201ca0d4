package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ThrownStack;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A throwable with its causes as bytes. Frames that have a hash are left out: they are kept once,
 * beside it.
 */
final class ThrownBlob {
  /** Finds frames by hash. */
  @FunctionalInterface
  interface Frames {
    /** Empty when they are not known. */
    List<String> of(long stackHash) throws SQLException;
  }

  private ThrownBlob() {}

  static byte[] encode(ThrownStack thrown, Words words, BlobWriter out) throws SQLException {
    out.reset();
    put(thrown, words, out);
    return out.toBytes();
  }

  static ThrownStack decode(byte[] bytes, WordTexts words, Frames frames) throws SQLException {
    return get(new BlobReader(bytes), words, frames);
  }

  /** Gives each word, and the hash of each stack, that is referred to. */
  static void each(byte[] bytes, LongConsumer words, LongConsumer stacks) throws SQLException {
    each(new BlobReader(bytes), words, stacks);
  }

  private static void each(BlobReader in, LongConsumer words, LongConsumer stacks)
      throws SQLException {
    words.accept(in.getUnsigned());
    in.skipNullableString();
    long hash = in.getFixed();
    stacks.accept(hash);
    in.getSigned();
    for (long left = hash == 0 ? in.getUnsigned() : 0; left > 0; left--) {
      in.skipString();
    }
    if (in.getByte() != 0) {
      each(in, words, stacks);
    }
    for (long left = in.getUnsigned(); left > 0; left--) {
      each(in, words, stacks);
    }
  }

  private static void put(ThrownStack thrown, Words words, BlobWriter out) throws SQLException {
    out.putUnsigned(words.id(thrown.type()));
    out.putNullableString(thrown.message());
    out.putFixed(thrown.stackHash());
    out.putSigned(thrown.omittedFrames());
    if (thrown.stackHash() == 0) {
      out.putUnsigned(thrown.frames().size());
      thrown.frames().forEach(out::putString);
    }
    ThrownStack cause = thrown.cause();
    out.putByte(cause == null ? 0 : 1);
    if (cause != null) {
      put(cause, words, out);
    }
    out.putUnsigned(thrown.suppressed().size());
    for (ThrownStack suppressed : thrown.suppressed()) {
      put(suppressed, words, out);
    }
  }

  private static ThrownStack get(BlobReader in, WordTexts words, Frames frames)
      throws SQLException {
    String type = words.text(in.getUnsigned());
    String message = in.getNullableString();
    long hash = in.getFixed();
    int omitted = (int) in.getSigned();
    List<String> lines = hash == 0 ? inline(in) : frames.of(hash);
    ThrownStack cause = in.getByte() == 0 ? null : get(in, words, frames);
    List<ThrownStack> suppressed = new ArrayList<>();
    for (long left = in.getUnsigned(); left > 0; left--) {
      suppressed.add(get(in, words, frames));
    }
    return new ThrownStack(type, message, hash, lines, omitted, cause, suppressed);
  }

  private static List<String> inline(BlobReader in) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (long left = in.getUnsigned(); left > 0; left--) {
      lines.add(in.getString());
    }
    return lines;
  }
}
