package dev.engram.agent.instrumentation.flowable;

import net.bytebuddy.asm.Advice;
import org.flowable.bpmn.model.SequenceFlow;

/** Before an execution moves along a sequence flow. */
public final class FlowAdvice {
  private FlowAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("execution") Object execution, @Advice.Argument(0) SequenceFlow flow) {
    FlowableCapture.taken(execution, flow);
  }
}
