package dev.engram.agent.core.capture;

import dev.engram.agent.record.Field;
import dev.engram.agent.record.Hash64;
import dev.engram.agent.record.RecordEncoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a payload travels inside its span or in parts before it, and writes both.
 * Thread-safe.
 */
final class PayloadWriter {
  /** What a part needs beside its bytes, and a payload in a span beside its texts. */
  private static final int FRAME = 64;

  private static final int MAX_TEXT = 256;

  /**
   * Characters behind those that are kept: what is hidden may be longer than what stands for it.
   */
  private static final int LOOKED_AT_BEYOND = 64 << 10;

  private static final String CONTENT_TYPE = "content-type";

  private final RecordSink sink;
  private final EnteringValues values;
  private final CaptureLimits limits;
  private final AtomicLong lastId = new AtomicLong();

  PayloadWriter(RecordSink sink, EnteringValues values, CaptureLimits limits) {
    this.sink = sink;
    this.values = values;
    this.limits = limits;
  }

  /**
   * A payload as its span will hold it.
   *
   * @param text what goes into the span; empty when it went ahead in parts, or could not
   * @param inline bytes of {@code text} that go into the span
   * @param reference the id of its parts, or 0
   */
  record Placed(
      String name,
      @Nullable String contentType,
      String text,
      int inline,
      long size,
      boolean truncated,
      long reference) {}

  /** Sends large payloads ahead; half a record is for those that stay inside. */
  List<Placed> place(OpenSpan span, Worth worth, Scratch scratch, RecordSink into) {
    if (span.payloads().isEmpty()) {
      return List.of();
    }
    int inlineLeft = sink.maxRecordLength() / 2;
    int limit = limits.payload(span.category());
    List<Placed> placed = new ArrayList<>(span.payloads().size());
    for (CapturedPayload whole : span.payloads()) {
      CapturedPayload payload = limit == 0 ? whole : whole.beginning(limit + LOOKED_AT_BEYOND);
      String text = limit == 0 ? payload.text() : values.payload(payload, span.category());
      long size = Utf8.length(text);
      int kept = (int) Math.min(size, limit);
      boolean inline = kept + FRAME <= inlineLeft;
      inlineLeft -= inline ? kept + FRAME : 0;
      long reference = inline ? 0 : sendParts(span, text, limit, worth, scratch, into);
      boolean lost = !inline && reference == 0;
      placed.add(
          new Placed(
              payload.name(),
              payload.contentType(),
              inline ? text : "",
              inline ? kept : 0,
              Math.max(size, payload.wholeSize()),
              lost || size > kept || payload.wholeSize() > 0,
              reference));
    }
    return placed;
  }

  /** Bytes that {@link #write} needs at most. */
  static int length(List<Placed> payloads) {
    int length = 0;
    for (Placed payload : payloads) {
      length += payload.inline() + FRAME + 2 * MAX_TEXT;
    }
    return length;
  }

  void write(RecordEncoder to, List<Placed> payloads) {
    for (Placed payload : payloads) {
      int group = to.open(Field.PAYLOAD);
      to.put(Field.PAYLOAD_NAME, payload.name(), MAX_TEXT);
      values.text(to, Field.PAYLOAD_CONTENT_TYPE, CONTENT_TYPE, payload.contentType(), MAX_TEXT);
      to.put(Field.PAYLOAD_SIZE, payload.size())
          .put(Field.PAYLOAD_TRUNCATED, payload.truncated())
          .put(Field.PAYLOAD_REFERENCE, payload.reference());
      if (payload.reference() == 0) {
        to.put(Field.PAYLOAD_BYTES, payload.text(), payload.inline());
      }
      to.close(group);
    }
  }

  /** The id of the parts, or 0 when one was refused. */
  private long sendParts(
      OpenSpan span, String text, int limit, Worth worth, Scratch scratch, RecordSink into) {
    int length = Utf8.write(scratch.content(), 0, text, limit);
    int partLength = sink.maxRecordLength() - FRAME;
    int parts = (length + partLength - 1) / partLength;
    long id = lastId.incrementAndGet();
    long hash = new Hash64().add(scratch.content(), 0, length).value();
    for (int part = 0; part < parts; part++) {
      int from = part * partLength;
      RecordEncoder to =
          scratch
              .encoder()
              .begin(RecordKind.PAYLOAD, scratch.record(), 0)
              .put(Field.TIME, span.startEpochNanos())
              .put(Field.PAYLOAD_ID, id)
              .put(Field.PART, part)
              .put(Field.PARTS, parts)
              .put(Field.CONTENT_HASH, hash)
              .put(Field.CONTENT, scratch.content(), from, Math.min(partLength, length - from));
      if (!into.offer(RecordKind.PAYLOAD, worth, scratch.record(), 0, to.end())) {
        return 0;
      }
    }
    return id;
  }
}
