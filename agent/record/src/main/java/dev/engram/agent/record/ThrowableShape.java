package dev.engram.agent.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Throwable.
 *
 * @param type the class name
 * @param message null when it has none
 * @param stackHash identifies the frames; 0 when there are none
 * @param frames innermost first; empty when this stack was sent before and stackHash refers to it
 * @param omittedFrames how many outermost frames were cut by the limit
 * @param cause null at the end of the chain, or where the limit or a cycle cut it
 * @param suppressed in order of addition
 */
public record ThrowableShape(
    String type,
    @Nullable String message,
    long stackHash,
    List<StackFrame> frames,
    int omittedFrames,
    @Nullable ThrowableShape cause,
    List<ThrowableShape> suppressed) {}
