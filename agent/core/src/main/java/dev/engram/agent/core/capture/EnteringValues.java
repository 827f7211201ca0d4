package dev.engram.agent.core.capture;

import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.Field;
import dev.engram.agent.record.Hash64;
import dev.engram.agent.record.RecordEncoder;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.redaction.Redaction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a value enters a record: redacted by its name first, cut at its limit then.
 * Of a value that is many times its limit the beginning alone is looked at. Whatever {@link
 * RecordWriter} writes for the application goes through here. Thread-safe.
 */
final class EnteringValues {
  /** Bytes kept of a name. */
  static final int MAX_NAME = 1024;

  /** Names of spans that are known; with more of them, each is looked at. */
  private static final int KNOWN_NAMES = 1024;

  /** What an attribute needs beside its name and its text. */
  private static final int ATTRIBUTE_FRAME = 24;

  private final RecordSink sink;
  private final Redaction redaction;
  private final CaptureLimits limits;

  /** By code of a well-known name: whether its values never need to be changed. */
  private final boolean[] harmless;

  /** What may be remembered of names of spans: there are few, and each comes again and again. */
  private final Map<String, String> names = new ConcurrentHashMap<>();

  EnteringValues(RecordSink sink, Redaction redaction, CaptureLimits limits) {
    this.sink = sink;
    this.redaction = redaction;
    this.limits = limits;
    this.harmless = new boolean[AttributeKey.maxCode() + 1];
    for (int code = 1; code < harmless.length; code++) {
      AttributeKey key = AttributeKey.ofCode(code);
      harmless[code] = key != null && redaction.isHarmless(key.name());
    }
  }

  /** Writes a text that goes under {@code name}; null is left out. */
  void text(RecordEncoder to, Field field, String name, @Nullable String value, int limit) {
    if (value != null) {
      put(to, field, redaction.text(name, value, limit), limit);
    }
  }

  /** Writes the name of a span. */
  void name(RecordEncoder to, String name) {
    String known = names.get(name);
    put(to, Field.NAME, known != null ? known : newName(name), MAX_NAME);
  }

  private String newName(String name) {
    String redacted = redaction.text("name", name, MAX_NAME);
    if (names.size() < KNOWN_NAMES && name.length() <= MAX_NAME) {
      names.put(name, redacted);
    }
    return redacted;
  }

  /**
   * Writes 16 hex digits of these texts in their order, as they may be remembered: what is hidden
   * is in no digit either, so that nobody can find it by trying. Nothing for no text.
   */
  void hash(RecordEncoder to, AttributeKey key, List<String> texts) {
    if (!texts.isEmpty()) {
      Hash64 hash = new Hash64();
      texts.forEach(text -> hash.add(redaction.text(key.name(), text)));
      to.attribute(key, String.format("%016x", hash.value()), MAX_NAME);
    }
  }

  /** Writes the reason for a failure; null is left out. */
  void message(RecordEncoder to, Field field, @Nullable String message, boolean ofDatabase) {
    if (message != null) {
      String redacted = redaction.message(message, ofDatabase, limits.message());
      put(to, field, redacted, limits.message());
    }
  }

  /** Writes where an exception was seen; what it was logged with may repeat its message. */
  void site(RecordEncoder to, Sighting seen) {
    String site = seen.site();
    if (site != null && seen.origin() == ExceptionOrigin.LOGGED) {
      site = logged(site, seen.ofDatabase());
    }
    text(to, Field.SITE, "code.function.name", site, MAX_NAME);
  }

  /** Writes attributes and keeps them encoded, because the same span will write them again. */
  void firstAttributes(RecordEncoder to, Attributes attributes, int maxLength) {
    int from = to.length();
    if (attributes(to, attributes, maxLength) == 0) {
      attributes.encoded(to.encodedSince(from));
    }
  }

  /** Writes what fits into a record of {@code maxLength}; returns how many are missing. */
  int attributes(RecordEncoder to, Attributes attributes, int maxLength) {
    int dropped = attributes.dropped();
    byte[] encoded = attributes.encoded();
    int first = 0;
    if (encoded != null && to.length() + encoded.length <= maxLength) {
      to.putEncoded(encoded);
      first = attributes.encodedSize();
    }
    for (int i = first; i < attributes.size(); i++) {
      AttributeKey key = attributes.key(i);
      int nameLength = key.code() != 0 ? 0 : 3 * key.name().length();
      int room = maxLength - to.length() - ATTRIBUTE_FRAME - nameLength;
      if (room <= 0 || nameLength > MAX_NAME) {
        dropped++;
      } else {
        attribute(to, attributes, i, Math.min(room, limits.attribute()));
      }
    }
    return dropped;
  }

  /**
   * Writes the payloads of a span that begins as attributes of its note, as far as half a record
   * holds them: should the process die, it is known what a model was asked. They come again, whole,
   * with the end.
   */
  void contents(RecordEncoder to, OpenSpan span) {
    int limit = limits.payload(span.category());
    int end = sink.maxRecordLength() / 2;
    for (CapturedPayload payload : span.payloads()) {
      int room = end - to.length() - ATTRIBUTE_FRAME - 3 * payload.name().length();
      if (limit > 0 && room > 0) {
        String text = payload(payload.beginning(room), span.category());
        to.attribute(AttributeKey.of(payload.name()), text, Math.min(room, limit));
      }
    }
  }

  /** Writes a throwable with its causes. */
  void throwable(RecordEncoder to, ThrowableShape thrown, boolean ofDatabase, int messageLimit) {
    to.throwable(Field.THROWN, redacted(thrown, ofDatabase), messageLimit);
  }

  /** What may be remembered of the text of a payload of such a span, before it is cut. */
  String payload(CapturedPayload payload, Category category) {
    if (limits.asItIs(category)) {
      return payload.text();
    }
    boolean cut = payload.wholeSize() > 0;
    return redaction.document(payload.name(), payload.contentType(), payload.text(), cut);
  }

  /** No single text may crowd out the rest of a record. */
  private void put(RecordEncoder to, Field field, String redacted, int limit) {
    to.put(field, redacted, Math.min(limit, sink.maxRecordLength() / 8));
  }

  private void attribute(RecordEncoder to, Attributes attributes, int slot, int limit) {
    AttributeKey key = attributes.key(slot);
    Object value = attributes.value(slot);
    boolean asItIs = harmless[key.code()];
    if (value instanceof String text) {
      to.attribute(key, asItIs ? text : redaction.text(key.name(), text, limit), limit);
    } else if (!asItIs && redaction.hidesNumber(key.name())) {
      to.attribute(key, Redaction.REDACTED, limit);
    } else if (value == Attributes.Number.LONG) {
      to.attribute(key, attributes.number(slot));
    } else if (value == Attributes.Number.DOUBLE) {
      to.attribute(key, Double.longBitsToDouble(attributes.number(slot)));
    } else {
      to.attribute(key, attributes.number(slot) != 0);
    }
  }

  /** The text is behind the logger. */
  private String logged(String site, boolean ofDatabase) {
    int logger = site.indexOf(": ");
    return logger < 0
        ? site
        : site.substring(0, logger)
            + ": "
            + redaction.message(site.substring(logger + 2), ofDatabase, MAX_NAME);
  }

  private ThrowableShape redacted(ThrowableShape thrown, boolean ofDatabase) {
    String message = thrown.message();
    ThrowableShape cause = thrown.cause();
    return new ThrowableShape(
        thrown.type(),
        message == null ? null : redaction.message(message, ofDatabase, limits.message()),
        thrown.stackHash(),
        thrown.frames(),
        thrown.omittedFrames(),
        cause == null ? null : redacted(cause, ofDatabase),
        thrown.suppressed().stream().map(each -> redacted(each, ofDatabase)).toList());
  }
}
