package dev.engram.agent.record;

import static dev.engram.agent.record.Field.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of one record, before they become a value of its kind. Confined to one thread. */
final class DecodedFields {
  private static final long NAN = Double.doubleToRawLongBits(Double.NaN);
  private static final ThrowableShape NOTHING_THROWN =
      new ThrowableShape("", null, 0, List.of(), 0, null, List.of());

  private final long[] numbers = new long[64];
  private final @Nullable String[] texts = new String[64];
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final List<Payload> payloads = new ArrayList<>(0);
  private final List<String> options = new ArrayList<>(0);
  private final List<String> reasoning = new ArrayList<>(0);
  private ThrowableShape thrown = NOTHING_THROWN;
  private byte[] content = new byte[0];

  private DecodedFields() {
    numbers[VALUE.tag()] = NAN;
    numbers[CONFIDENCE.tag()] = NAN;
    numbers[SCORE.tag()] = NAN;
  }

  static DecodedFields read(FieldReader reader) {
    DecodedFields fields = new DecodedFields();
    while (reader.next(Scope.RECORD)) {
      fields.take(reader.field(), reader);
    }
    return fields;
  }

  private void take(Field field, FieldReader reader) {
    switch (field) {
      case ATTRIBUTE -> DecodedGroups.attribute(reader.group(), attributes);
      case PAYLOAD -> payloads.add(DecodedGroups.payload(reader.group()));
      case THROWN -> thrown = DecodedGroups.throwable(reader.group());
      case OPTION -> options.add(reader.text());
      case REASONING -> reasoning.add(reader.text());
      case CONTENT -> content = reader.raw();
      default -> {
        if (field.wireType() == WireType.BYTES) {
          texts[field.tag()] = reader.text();
        } else {
          numbers[field.tag()] = reader.number();
        }
      }
    }
  }

  DecodedRecord toRecord(RecordKind kind) {
    return switch (kind) {
      case BEGUN -> begun();
      case ENDED -> new EndedRecord(number(TIME), number(SPAN_ID), number(DURATION), status());
      case SPAN -> span();
      case EXCEPTION -> exception();
      case PAYLOAD ->
          new PayloadRecord(
              number(TIME),
              number(PAYLOAD_ID),
              small(PART),
              small(PARTS),
              number(CONTENT_HASH),
              content);
      case LIFECYCLE -> new LifecycleRecord(number(TIME), text(EVENT), attributes());
      case MEASUREMENT ->
          new MeasurementRecord(number(TIME), text(NAME), text(UNIT), real(VALUE), attributes());
      case DECISION -> decision();
      case FEEDBACK -> feedback();
      case REMEDY_ATTEMPT -> attempt();
      case THROW_COUNT ->
          new ThrowCountRecord(
              number(TIME),
              number(DURATION),
              optional(THROW_SITE),
              number(COUNT),
              number(COUNT_LOW),
              number(COUNT_HIGH),
              thrown);
      case OUTCOME ->
          new OutcomeRecord(
              number(TIME),
              text(TARGET),
              text(NAME),
              text(TARGET_ID),
              text(LABEL),
              real(VALUE),
              optional(AUTHOR),
              optional(COMMENT));
    };
  }

  private BegunRecord begun() {
    return new BegunRecord(
        number(TIME),
        number(TRACE_ID_HIGH),
        number(TRACE_ID_LOW),
        number(SPAN_ID),
        number(PARENT_SPAN_ID),
        SpanKind.ofCode(small(SPAN_KIND)),
        Category.ofCode(small(CATEGORY)),
        text(NAME),
        attributes());
  }

  private SpanRecord span() {
    return new SpanRecord(
        number(TIME),
        number(TRACE_ID_HIGH),
        number(TRACE_ID_LOW),
        number(SPAN_ID),
        number(PARENT_SPAN_ID),
        SpanKind.ofCode(small(SPAN_KIND)),
        Category.ofCode(small(CATEGORY)),
        number(BEGUN) != 0,
        text(NAME),
        number(DURATION),
        status(),
        optional(STATUS_DESCRIPTION),
        attributes(),
        List.copyOf(payloads),
        small(DROPPED_ATTRIBUTES));
  }

  private ExceptionRecord exception() {
    return new ExceptionRecord(
        number(TIME),
        number(TRACE_ID_HIGH),
        number(TRACE_ID_LOW),
        number(SPAN_ID),
        ExceptionOrigin.ofCode(small(ORIGIN)),
        text(THREAD_NAME),
        optional(SITE),
        thrown);
  }

  private DecisionRecord decision() {
    return new DecisionRecord(
        number(TIME),
        number(DECISION_ID),
        number(TRACE_ID_HIGH),
        number(TRACE_ID_LOW),
        number(SPAN_ID),
        text(NAME),
        List.copyOf(options),
        text(CHOSEN),
        real(CONFIDENCE),
        text(CONFIDENCE_SOURCE),
        List.copyOf(reasoning),
        attributes());
  }

  private FeedbackRecord feedback() {
    return new FeedbackRecord(
        number(TIME),
        text(TARGET),
        text(TARGET_ID),
        optional(LABEL),
        real(SCORE),
        optional(AUTHOR),
        optional(COMMENT));
  }

  private RemedyAttemptRecord attempt() {
    return new RemedyAttemptRecord(
        number(TIME),
        number(TRACE_ID_HIGH),
        number(TRACE_ID_LOW),
        number(SPAN_ID),
        text(REMEDY_ID),
        text(ARM),
        number(FINGERPRINT),
        small(TRIES),
        text(RESULT),
        number(ADDED));
  }

  private long number(Field field) {
    return numbers[field.tag()];
  }

  /** Numbers beyond an int are held at its ends. */
  private int small(Field field) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(field)));
  }

  private double real(Field field) {
    return Double.longBitsToDouble(number(field));
  }

  private String text(Field field) {
    return Objects.requireNonNullElse(texts[field.tag()], "");
  }

  private @Nullable String optional(Field field) {
    return texts[field.tag()];
  }

  private SpanStatus status() {
    return SpanStatus.ofCode(small(STATUS));
  }

  private Map<String, Object> attributes() {
    return Collections.unmodifiableMap(attributes);
  }
}
