package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.EndedRow;
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
import dev.engram.collector.store.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Stores the new rows of one batch and counts what became of them. Confined to the writer. */
final class InsertRows {
  private final InsertSpan spans;
  private final InsertBegun begun;
  private final JoinBegun join;
  private final InsertException exceptions;
  private final InsertPayloadPart payloads;
  private final InsertLifecycle lifecycle;
  private final InsertMeasurement measurements;
  private final InsertDecision decisions;
  private final InsertFeedback feedback;
  private final InsertRemedyAttempt remedyAttempts;
  private final InsertThrowCount throwCounts;
  private final InsertOutcome outcomes;
  private final InsertKnowledge knowledge;

  private long instance;
  private long arrival;
  private long stored;
  private long joined;
  private long duplicate;
  private long rejected;
  private long pending;

  InsertRows(Connection connection, Encoding encoding, JoinBegun join) throws SQLException {
    this.join = join;
    spans = new InsertSpan(connection, encoding);
    begun = new InsertBegun(connection, encoding);
    exceptions = new InsertException(connection, encoding);
    payloads = new InsertPayloadPart(connection, encoding);
    lifecycle = new InsertLifecycle(connection, encoding);
    measurements = new InsertMeasurement(connection, encoding);
    decisions = new InsertDecision(connection, encoding);
    feedback = new InsertFeedback(connection, encoding);
    remedyAttempts = new InsertRemedyAttempt(connection, encoding);
    throwCounts = new InsertThrowCount(connection, encoding);
    outcomes = new InsertOutcome(connection, encoding);
    knowledge = new InsertKnowledge(connection);
  }

  /** Stores rows in order of position, numbered from {@code firstArrival}. */
  WriteResult insert(long instance, long firstArrival, List<Row> rows) throws SQLException {
    this.instance = instance;
    arrival = firstArrival;
    stored = joined = duplicate = rejected = pending = 0;
    long previous = Long.MIN_VALUE;
    for (Row row : rows) {
      if (row.position() == previous) {
        duplicate++;
      } else {
        take(row);
      }
      previous = row.position();
    }
    spans.flush();
    exceptions.flush();
    payloads.flush();
    return new WriteResult(stored, joined, duplicate, rejected, pending);
  }

  /** The arrival after the last one used. */
  long nextArrival() {
    return arrival;
  }

  private void take(Row row) throws SQLException {
    if (row instanceof BegunRow note) {
      begin(note);
    } else if (row instanceof EndedRow note) {
      end(note);
    } else {
      store(row);
      arrival++;
      stored++;
    }
  }

  private void begin(BegunRow note) throws SQLException {
    if (begun.add(arrival, instance, note)) {
      arrival++;
      pending++;
    } else {
      duplicate++;
    }
  }

  private void end(EndedRow note) throws SQLException {
    if (join.end(arrival, instance, note)) {
      arrival++;
      stored++;
      countJoined();
    } else {
      rejected++;
    }
  }

  private void store(Row row) throws SQLException {
    if (row instanceof SpanRow span) {
      spans.add(arrival, instance, span);
      if (span.begun() && join.remove(instance, span.spanId())) {
        countJoined();
      }
    } else if (row instanceof ExceptionRow exception) {
      exceptions.add(arrival, instance, exception);
    } else if (row instanceof PayloadRow payload) {
      payloads.add(arrival, instance, payload);
    } else {
      storeOther(row);
    }
  }

  private void storeOther(Row row) throws SQLException {
    if (row instanceof LifecycleRow event) {
      lifecycle.add(arrival, instance, event);
    } else if (row instanceof MeasurementRow measurement) {
      measurements.add(arrival, instance, measurement);
    } else if (row instanceof DecisionRow decision) {
      decisions.add(arrival, instance, decision);
    } else if (row instanceof FeedbackRow judgement) {
      feedback.add(arrival, instance, judgement);
    } else if (row instanceof RemedyAttemptRow attempt) {
      remedyAttempts.add(arrival, instance, attempt);
    } else if (row instanceof ThrowCountRow count) {
      throwCounts.add(arrival, instance, count);
    } else if (row instanceof OutcomeRow outcome) {
      outcomes.add(arrival, instance, outcome);
    } else if (row instanceof KnowledgeRow said) {
      knowledge.add(arrival, instance, said);
    } else {
      throw new IllegalArgumentException("no table for a " + row.getClass().getName());
    }
  }

  private void countJoined() {
    joined++;
    pending--;
  }
}
