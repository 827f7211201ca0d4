package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes spans of {@link PackedCalls}, without their payloads. For one transaction. */
final class UnpackedCalls {
  private record Owner(InstanceId id, String service) {}

  private final WordTexts words;
  private final Map<Long, Owner> owners = new HashMap<>();

  UnpackedCalls(ReadConnection connection) throws SQLException {
    words = connection.words;
    try (PreparedStatement statement =
            connection.prepare("SELECT id, uuid, service FROM instance");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Owner owner = new Owner(Instances.id(row.getBytes(2)), words.text(row.getLong(3)));
        owners.put(row.getLong(1), owner);
      }
    }
  }

  /** One after the other, in the order in which they were packed. */
  List<StoredSpan> all(byte[] packed) throws SQLException {
    List<StoredSpan> all = new ArrayList<>();
    BlobReader in = new BlobReader(packed);
    while (in.hasMore()) {
      long arrival = in.getUnsigned();
      Owner owner = owners.get(in.getUnsigned());
      if (owner == null) {
        throw Failures.damage("a call of a model is of an instance that is not there");
      }
      all.add(new StoredSpan(row(in, owner), owner.service(), arrival, 0));
    }
    return all;
  }

  private SpanRow row(BlobReader in, Owner owner) throws SQLException {
    return new SpanRow(
        owner.id(),
        in.getUnsigned(),
        new TraceId(in.getFixed(), in.getFixed()),
        in.getFixed(),
        in.getFixed(),
        PackedCalls.KIND,
        PackedCalls.CATEGORY,
        words.text(in.getUnsigned()),
        in.getSigned(),
        in.getSigned(),
        words.text(in.getUnsigned()),
        in.getNullableString(),
        AttributeBlob.decode(in.getBytes(), words),
        List.of(),
        in.getByte() != 0);
  }
}
