package dev.engram.collector.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as text.
 *
 * @param stackHash identifies the frames within the instance, which sends them once: a store keeps
 *     the first it is given; 0 when there are none
 * @param frames as {@code printStackTrace} shows them after "at ", innermost first; empty when they
 *     were sent before and the store resolves {@code stackHash}
 */
public record ThrownStack(
    String type,
    @Nullable String message,
    long stackHash,
    List<String> frames,
    int omittedFrames,
    @Nullable ThrownStack cause,
    List<ThrownStack> suppressed) {}
