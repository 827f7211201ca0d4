package dev.engram.agent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Remembers what a method decided each time it returns: between what, with which confidence, and
 * why. It is not inherited: annotate the implementation, not the interface.
 *
 * <p>Where the parts are found in the returned object is said by a path: names joined by dots, each
 * a record component, a getter ({@code score()}, {@code getScore()}, {@code isScore()}) or a key of
 * a map, with {@code [0]} behind it for an element of a list. In text that is JSON the same path,
 * with or without {@code $.} before it, leads into the JSON. These methods, and {@code toString} of
 * what they return, are called on the thread that returns, after the method has ended; what they do
 * meanwhile is not remembered. A method that returns a {@link java.util.concurrent.CompletionStage}
 * has decided when that stage completes with a value.
 *
 * <pre>{@code
 * record Routed(String queue, double confidence, List<String> steps) {}
 *
 * @Decision(value = "route ticket", choice = "queue", confidence = "confidence", reasoning = "steps")
 * Routed route(Ticket ticket) { ... }
 * }</pre>
 *
 * <p>What became of it is told later, see {@link Engram#outcome}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Decision {
  /** The name of the decision; few different ones, so no ids. Empty takes {@code Class.method}. */
  String value() default "";

  /** Where the choice is; empty takes the returned object itself. */
  String choice() default "";

  /** Where the options are, a collection or an array; empty for none. */
  String options() default "";

  /** Where the confidence is, a number from 0 to 1; empty for none. */
  String confidence() default "";

  /** Where the confidence comes from. */
  Source source() default Source.STATED;

  /** Where the reasoning is: a text, or its steps in a collection or an array; empty for none. */
  String reasoning() default "";

  /** The model that decided; empty takes that of the call of a model it is decided in. */
  String model() default "";

  /** What a confidence is. */
  enum Source {
    /** Somebody, such as a model, said how sure it is. */
    STATED,
    /** Computed from the probabilities of tokens. */
    LOG_PROBABILITY,
    /** The score of a classifier. */
    SCORE,
    /** Fixed by a rule. */
    RULE
  }
}
