package dev.engram.collector.query;

import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the beginnings of payloads. */
final class PayloadExcerpts {
  /** Most bytes of a payload that an answer carries. */
  private static final int MAX_BYTES = 4096;

  private final StoreReader reader;

  PayloadExcerpts(StoreReader reader) {
    this.reader = reader;
  }

  List<PayloadExcerpt> of(StoredSpan span) {
    SpanRow row = span.row();
    return row.payloads().stream().map(payload -> excerpt(row, payload)).toList();
  }

  private PayloadExcerpt excerpt(SpanRow row, PayloadReference payload) {
    byte[] bytes = bytes(row, payload);
    String text = bytes == null ? null : text(bytes);
    boolean complete = bytes != null && bytes.length <= MAX_BYTES && !payload.truncated();
    return new PayloadExcerpt(
        payload.name(), payload.contentType(), payload.size(), text, complete);
  }

  private byte @Nullable [] bytes(SpanRow row, PayloadReference payload) {
    return payload.bytes() != null
        ? payload.bytes()
        : reader.payload(row.instance(), payload.payloadId()).orElse(null);
  }

  private static String text(byte[] bytes) {
    byte[] first = bytes.length > MAX_BYTES ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
    return new String(first, StandardCharsets.UTF_8);
  }
}
