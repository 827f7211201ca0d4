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
  /** Most bytes of a payload that an answer about many spans carries. */
  static final int SHORT = 4096;

  private final StoreReader reader;
  private final int maxBytes;

  /**
   * Reads so much of each.
   *
   * @param maxBytes most bytes of a payload
   */
  PayloadExcerpts(StoreReader reader, int maxBytes) {
    this.reader = reader;
    this.maxBytes = maxBytes;
  }

  List<PayloadExcerpt> of(StoredSpan span) {
    SpanRow row = span.row();
    return row.payloads().stream().map(payload -> excerpt(row, payload)).toList();
  }

  private PayloadExcerpt excerpt(SpanRow row, PayloadReference payload) {
    byte[] bytes = bytes(row, payload);
    String text = bytes == null ? null : text(bytes);
    boolean complete = bytes != null && bytes.length <= maxBytes && !payload.truncated();
    return new PayloadExcerpt(
        payload.name(), payload.contentType(), payload.size(), text, complete);
  }

  private byte @Nullable [] bytes(SpanRow row, PayloadReference payload) {
    return payload.bytes() != null
        ? payload.bytes()
        : reader.payload(row.instance(), payload.payloadId()).orElse(null);
  }

  private String text(byte[] bytes) {
    byte[] first = bytes.length > maxBytes ? Arrays.copyOf(bytes, maxBytes) : bytes;
    return new String(first, StandardCharsets.UTF_8);
  }
}
