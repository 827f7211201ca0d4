package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.postgresql.Resolution.Placed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** Writes the rows of one batch. For one transaction. */
final class WriteRows implements AutoCloseable {
  private final Tables tables;
  private final WriteSpans spans;
  private final Contents contents;
  private final WriteWords words;
  private final LocalDate day;
  private final long instance;
  private final long firstArrival;

  WriteRows(Connection connection, LocalDate day, long instance, long firstArrival) {
    this.day = day;
    this.instance = instance;
    this.firstArrival = firstArrival;
    tables = new Tables(connection);
    contents = new Contents(tables, day, instance);
    words = new WriteWords(tables, day);
    spans = new WriteSpans(tables, contents, day, instance);
  }

  void begun(List<Placed<BegunRow>> rows) throws SQLException {
    for (Placed<BegunRow> row : rows) {
      spans.addBegun(firstArrival + row.offset(), row.row());
    }
  }

  void stored(List<Placed<Row>> rows) throws SQLException {
    for (Placed<Row> row : rows) {
      store(firstArrival + row.offset(), row.row());
    }
  }

  void flush() throws SQLException {
    tables.flush();
  }

  @Override
  public void close() throws SQLException {
    tables.close();
  }

  private void store(long arrival, Row row) throws SQLException {
    if (row instanceof SpanRow span) {
      spans.add(arrival, span);
      words.add(arrival, span);
    } else if (row instanceof ExceptionRow exception) {
      exception(arrival, exception);
    } else if (row instanceof PayloadRow part) {
      part(arrival, part);
    } else if (row instanceof MeasurementRow reading) {
      head(Tables.MEASUREMENT, arrival, reading.position(), reading.timeEpochNanos())
          .text(reading.name())
          .text(reading.unit())
          .number(reading.value())
          .json(PostgresJson.attributes(reading.attributes()))
          .add();
    } else if (row instanceof LifecycleRow event) {
      head(Tables.LIFECYCLE, arrival, event.position(), event.timeEpochNanos())
          .text(event.event())
          .json(PostgresJson.attributes(event.attributes()))
          .add();
    } else if (row instanceof ThrowCountRow count) {
      throwCount(arrival, count);
    } else {
      told(arrival, row);
    }
  }

  private void told(long arrival, Row row) throws SQLException {
    if (row instanceof DecisionRow decision) {
      decision(arrival, decision);
    } else if (row instanceof FeedbackRow judgement) {
      head(Tables.FEEDBACK, arrival, judgement.position(), judgement.timeEpochNanos())
          .text(judgement.target())
          .text(judgement.targetId())
          .text(judgement.label())
          .number(judgement.score())
          .text(judgement.author())
          .text(judgement.comment())
          .add();
    } else if (row instanceof OutcomeRow outcome) {
      head(Tables.OUTCOME, arrival, outcome.position(), outcome.timeEpochNanos())
          .text(outcome.target())
          .text(outcome.key())
          .text(outcome.targetId())
          .text(outcome.label())
          .number(outcome.value())
          .text(outcome.author())
          .text(outcome.comment())
          .add();
    } else if (row instanceof RemedyAttemptRow attempt) {
      attempt(arrival, attempt);
    } else if (row instanceof KnowledgeRow said) {
      knowledge(arrival, said);
    } else {
      throw new IllegalArgumentException("no table for a " + row.getClass().getName());
    }
  }

  private void exception(long arrival, ExceptionRow row) throws SQLException {
    contents.addStacks(row.stack());
    head(Tables.EXCEPTION, arrival, row.position(), row.timeEpochNanos())
        .of(row.traceId().high())
        .of(row.traceId().low())
        .of(row.spanId())
        .text(row.origin())
        .text(row.threadName())
        .text(row.site())
        .text(row.type())
        .text(row.message())
        .of(row.fingerprint())
        .json(PostgresJson.thrown(row.stack()))
        .add();
    words.add(arrival, row);
  }

  private void part(long arrival, PayloadRow row) throws SQLException {
    head(Tables.PAYLOAD_PART, arrival, row.position(), row.timeEpochNanos())
        .of(row.payloadId())
        .of(row.part())
        .of(row.parts())
        .of(row.contentHash())
        .bytes(contents.add(row.bytes()))
        .add();
  }

  private void throwCount(long arrival, ThrowCountRow row) throws SQLException {
    contents.addStacks(row.stack());
    head(Tables.THROW_COUNT, arrival, row.position(), row.timeEpochNanos())
        .of(row.durationNanos())
        .text(row.stack().type())
        .text(row.site())
        .of(row.count())
        .of(row.low())
        .of(row.high())
        .of(row.stack().stackHash())
        .add();
  }

  private void decision(long arrival, DecisionRow row) throws SQLException {
    head(Tables.DECISION, arrival, row.position(), row.timeEpochNanos())
        .of(row.decisionId())
        .of(row.traceId().high())
        .of(row.traceId().low())
        .of(row.spanId())
        .text(row.name())
        .json(PostgresJson.strings(row.options()))
        .text(row.chosen())
        .number(row.confidence())
        .text(row.confidenceSource())
        .json(PostgresJson.strings(row.reasoning()))
        .json(PostgresJson.attributes(row.attributes()))
        .add();
  }

  private void attempt(long arrival, RemedyAttemptRow row) throws SQLException {
    head(Tables.REMEDY_ATTEMPT, arrival, row.position(), row.timeEpochNanos())
        .of(row.traceId().high())
        .of(row.traceId().low())
        .of(row.spanId())
        .text(row.remedyId())
        .text(row.arm())
        .of(row.fingerprint())
        .of(row.tries())
        .text(row.result())
        .of(row.addedNanos())
        .add();
  }

  private void knowledge(long arrival, KnowledgeRow row) throws SQLException {
    tables
        .into(Tables.KNOWLEDGE)
        .of(arrival)
        .of(instance)
        .of(row.position())
        .of(row.timeEpochNanos())
        .text(row.subject())
        .text(row.subjectId())
        .text(row.property())
        .text(row.value())
        .text(row.author())
        .add();
  }

  /** What every table of rows of a day begins with. */
  private Insert head(Tables.Table table, long arrival, long position, long time)
      throws SQLException {
    return tables.into(table).of(day).of(arrival).of(instance).of(position).of(time);
  }
}
