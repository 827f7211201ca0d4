package dev.engram.collector.query;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of a body, prompt or answer.
 *
 * @param size bytes of the whole, before anything was cut
 * @param text null while not all of its parts have arrived
 * @param complete whether {@code text} is the whole
 */
public record PayloadExcerpt(
    String name,
    @Nullable String contentType,
    long size,
    @Nullable String text,
    boolean complete) {}
