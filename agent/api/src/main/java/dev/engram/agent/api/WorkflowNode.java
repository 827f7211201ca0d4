package dev.engram.agent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each call of the method inside a {@link WorkflowRun} is a node of that run; outside of one it is
 * a call like others. It is not inherited: annotate the implementation, not the interface.
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} has ended when that stage
 * completes. Arguments and result are kept as those of a run are.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface WorkflowNode {
  /** The name of the node; few different ones, so no ids. Empty takes {@code Class.method}. */
  String value() default "";
}
