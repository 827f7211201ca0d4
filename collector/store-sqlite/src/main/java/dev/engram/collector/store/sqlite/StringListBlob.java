package dev.engram.collector.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A list of strings as bytes. */
final class StringListBlob {
  private StringListBlob() {}

  static byte[] encode(List<String> strings, BlobWriter out) {
    out.reset();
    strings.forEach(out::putString);
    return out.toBytes();
  }

  static List<String> decode(byte[] bytes) throws SQLException {
    List<String> strings = new ArrayList<>();
    BlobReader in = new BlobReader(bytes);
    while (in.hasMore()) {
      strings.add(in.getString());
    }
    return strings;
  }
}
