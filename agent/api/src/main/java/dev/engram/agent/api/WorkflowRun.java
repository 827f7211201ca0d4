package dev.engram.agent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each call of the method is a run of a workflow, and what is called inside it and annotated with
 * {@link WorkflowNode} are its nodes. It is not inherited: annotate the implementation, not the
 * interface.
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} has ended when that stage
 * completes. Arguments and result are kept as far as they are text, numbers, times and the like, or
 * collections of such.
 *
 * <pre>{@code
 * @WorkflowRun(value = "onboarding", id = "customerId")
 * void run(String customerId) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface WorkflowRun {
  /** The name of the workflow; few different ones, so no ids. Empty takes {@code Class.method}. */
  String value() default "";

  /**
   * The parameter whose value is the id of the run, in a class compiled with {@code -parameters}: a
   * call with the same value continues the run, however much later. Empty makes each call a run of
   * its own.
   */
  String id() default "";
}
