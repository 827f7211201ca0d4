package dev.engram.collector.intake;

import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.collector.store.ThrownStack;

/** Throwables as stores keep them. Stateless. */
public final class ThrownStacks {
  private ThrownStacks() {}

  /** The same throwable as text. */
  public static ThrownStack of(ThrowableShape it) {
    return new ThrownStack(
        it.type(),
        it.message(),
        it.stackHash(),
        it.frames().stream().map(StackFrame::text).toList(),
        it.omittedFrames(),
        it.cause() == null ? null : of(it.cause()),
        it.suppressed().stream().map(ThrownStacks::of).toList());
  }
}
