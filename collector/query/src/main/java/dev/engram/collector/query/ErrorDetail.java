package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.util.List;

/**
 * An error group from close by.
 *
 * @param latest its newest exception
 * @param requests the requests its newest exceptions hit, newest first, each once
 */
public record ErrorDetail(ErrorGroup group, StoredException latest, List<StoredSpan> requests)
    implements Shown {}
