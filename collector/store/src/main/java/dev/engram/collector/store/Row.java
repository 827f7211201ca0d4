package dev.engram.collector.store;

/** One record as a store keeps it. Its key is (instance, position). */
public sealed interface Row
    permits SpanRow,
        BegunRow,
        EndedRow,
        ExceptionRow,
        PayloadRow,
        LifecycleRow,
        MeasurementRow,
        DecisionRow,
        FeedbackRow,
        RemedyAttemptRow,
        ThrowCountRow,
        OutcomeRow,
        KnowledgeRow {
  /** The record's ring position in its instance. */
  long position();
}
