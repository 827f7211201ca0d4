package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.bsc.async.AsyncGenerator;
import org.jspecify.annotations.Nullable;

/** Around the action of a node, inside the node; its exit says whether it runs again. */
public final class NodeRetryAdvice {
  private NodeRetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This AsyncGenerator<?> generator) {
    return NodeRun.begin(generator);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.Enter @Nullable Object begun,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    return begun != null && NodeRun.ended(begun, returned, thrown);
  }
}
