package dev.engram.collector.analysis.recall;

import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredSpan;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts that something was decided on, as far as spans hold them whole. */
final class Inputs {
  static final String INPUT = "input";
  static final String OUTPUT = "output";
  private static final String MESSAGES = "gen_ai.input.messages";
  private static final List<String> NAMES = List.of(INPUT, MESSAGES, "http.request.body");

  /** Spans looked at on the way up. */
  private static final int MAX_DEPTH = 32;

  /** Of one character in UTF-8. */
  private static final int MAX_BYTES = 4;

  private Inputs() {}

  /** That of the span it was decided in, or else of the nearest above; empty for none. */
  static String of(StoredDecision decision, List<StoredSpan> trace) {
    Map<Long, SpanRow> spans = new HashMap<>();
    for (StoredSpan span : trace) {
      if (span.row().instance().equals(decision.instance())) {
        spans.put(span.row().spanId(), span.row());
      }
    }
    SpanRow at = spans.get(decision.row().spanId());
    for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      for (String name : NAMES) {
        String text = text(at, name);
        if (!text.isEmpty()) {
          return text;
        }
      }
      at = spans.get(at.parentSpanId());
    }
    return "";
  }

  /** The beginning of a payload, of messages the end, which was said last; empty for none. */
  static String text(SpanRow span, String name) {
    for (PayloadReference payload : span.payloads()) {
      byte @Nullable [] bytes = payload.bytes();
      if (payload.name().equals(name) && bytes != null) {
        return text(bytes, name.equals(MESSAGES));
      }
    }
    return "";
  }

  private static String text(byte[] bytes, boolean end) {
    int length = Math.min(bytes.length, MAX_BYTES * PastAnswer.LONGEST);
    int from = end ? bytes.length - length : 0;
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    int most = Math.min(text.length(), PastAnswer.LONGEST);
    return end ? text.substring(text.length() - most) : text.substring(0, most);
  }
}
