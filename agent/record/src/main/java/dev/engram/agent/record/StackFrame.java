package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a stack trace.
 *
 * @param lineNumber -1 when unknown, -2 in a native method
 */
public record StackFrame(
    String className, String methodName, @Nullable String fileName, int lineNumber) {}
