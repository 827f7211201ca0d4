package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * A body, prompt or answer that belongs to a span: its bytes, or the id of the payload records that
 * carry them.
 *
 * @param name what it is: {@code input}, {@code output}, {@code http.request.body}, ...
 * @param contentType a media type, or null when unknown
 * @param size bytes of the whole, before any cut
 * @param truncated whether bytes after the limit are missing
 * @param payloadId the {@link PayloadRecord#payloadId()} of its parts; 0 when the bytes are here
 * @param bytes the bytes, or null when they travel as parts
 */
public record Payload(
    String name,
    @Nullable String contentType,
    long size,
    boolean truncated,
    long payloadId,
    byte @Nullable [] bytes) {}
