package dev.engram.agent.instrumentation.flowable;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.List;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.agenda.AbstractOperation;
import org.jspecify.annotations.Nullable;

/** Follows process instances through the operations of a command, on one thread. */
final class FlowableCapture {
  /** By command, while it goes on. */
  private static final Attachments<Legs> COMMANDS = new Attachments<>();

  /** By execution, from the flow it took to the activity it comes to. */
  private static final Attachments<SequenceFlow> TAKEN = new Attachments<>();

  private FlowableCapture() {}

  static @Nullable Object operationBegins(Object commandContext, Object operation) {
    if (!(operation instanceof AbstractOperation ofAProcess)) {
      return null;
    }
    DelegateExecution execution = ofAProcess.getExecution();
    if (execution == null || execution.getProcessInstanceId() == null) {
      return null;
    }
    Legs legs = COMMANDS.get(commandContext);
    if (legs == null) {
      legs = new Legs();
      COMMANDS.put(commandContext, legs);
    }
    Leg leg = legs.of(execution.getProcessInstanceId(), workflow(execution));
    return leg == null ? null : leg.enter();
  }

  static void operationEnds(Object leg, @Nullable Throwable thrown) {
    ((Leg) leg).leave(thrown);
  }

  static @Nullable Object commandEnds(Object commandContext) {
    Legs legs = COMMANDS.remove(commandContext);
    if (legs != null) {
      legs.enterFirst();
    }
    return legs;
  }

  static void commandEnded(Object legs, @Nullable Throwable thrown) {
    ((Legs) legs).end(thrown);
  }

  static void taken(Object execution, SequenceFlow flow) {
    TAKEN.put(execution, flow);
  }

  /** The instances of an activity that is executed several times are nodes, and not their sum. */
  static @Nullable Object activityBegins(Object execution, FlowNode activity) {
    boolean several = activity instanceof Activity any && any.hasMultiInstanceLoopCharacteristics();
    return several
        ? null
        : begin((DelegateExecution) execution, activity, flowTo(execution, activity));
  }

  static @Nullable Object instanceBegins(Object execution, FlowNode activity) {
    return begin((DelegateExecution) execution, activity, null);
  }

  static @Nullable Object activityGoesOn(Object execution) {
    DelegateExecution going = (DelegateExecution) execution;
    return going.getCurrentFlowElement() instanceof FlowNode activity
        ? begin(going, activity, null)
        : null;
  }

  static void activityEnds(Object node, @Nullable Throwable thrown) {
    WorkflowNode ended = (WorkflowNode) node;
    if (thrown != null) {
      ended.span().fail(thrown, ExceptionOrigin.ESCAPED, Leg.SITE);
    }
    ended.end();
  }

  private static @Nullable WorkflowNode begin(
      DelegateExecution execution, FlowNode activity, @Nullable SequenceFlow flow) {
    WorkflowNode node =
        WorkflowNode.open(
            Tracing.current(),
            workflow(execution),
            execution.getProcessInstanceId(),
            name(activity),
            1);
    if (node == null) {
      return null;
    }
    if (flow != null) {
      node.from(from(flow), flow.getConditionExpression());
    }
    return node.enter();
  }

  /** What was taken on the way, or the only way there is: an asynchronous job does not tell. */
  private static @Nullable SequenceFlow flowTo(Object execution, FlowNode activity) {
    SequenceFlow taken = TAKEN.remove(execution);
    if (taken != null) {
      return taken;
    }
    List<SequenceFlow> incoming = activity.getIncomingFlows();
    return incoming.size() == 1 ? incoming.get(0) : null;
  }

  private static String from(SequenceFlow flow) {
    FlowElement source = flow.getSourceFlowElement();
    return source == null ? flow.getSourceRef() : name(source);
  }

  private static String name(FlowElement element) {
    String name = element.getName();
    return name == null || name.isBlank() ? element.getId() : name;
  }

  /** The key of its definition, which its id begins with unless that would be too long. */
  private static String workflow(DelegateExecution execution) {
    String definition = String.valueOf(execution.getProcessDefinitionId());
    int colon = definition.indexOf(':');
    return colon < 0 ? definition : definition.substring(0, colon);
  }
}
