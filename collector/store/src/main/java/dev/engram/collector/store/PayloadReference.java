package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * A payload of a span.
 *
 * @param size bytes of the whole before any cut
 * @param payloadId the parts' id within the instance; 0 when {@code bytes} holds it
 */
public record PayloadReference(
    String name,
    @Nullable String contentType,
    long size,
    boolean truncated,
    long payloadId,
    byte @Nullable [] bytes) {}
