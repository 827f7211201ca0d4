package dev.engram.agent.record;

/**
 * What decoding one record's bytes gives: a known record, or the reason why there is none.
 * Immutable.
 */
public sealed interface DecodedRecord
    permits BegunRecord,
        EndedRecord,
        SpanRecord,
        ExceptionRecord,
        PayloadRecord,
        LifecycleRecord,
        MeasurementRecord,
        DecisionRecord,
        FeedbackRecord,
        RemedyAttemptRecord,
        ThrowCountRecord,
        OutcomeRecord,
        UnknownRecord,
        MalformedRecord {}
