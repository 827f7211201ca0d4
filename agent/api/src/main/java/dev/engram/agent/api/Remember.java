package dev.engram.agent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Remembers every call of a method: when it began, how long it took, what it threw, and below which
 * request. On a class it means each public method the class declares, but for {@code equals},
 * {@code hashCode} and {@code toString}; the annotation of a method overrides that of its class. It
 * is not inherited: annotate the implementation, not the interface.
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} has ended when that stage
 * completes.
 *
 * <p>With {@link Kind#AI} the arguments and the result are kept as well, as the payloads {@code
 * input} and {@code output}, by their {@code toString} on the calling thread; long ones are cut.
 * Secrets that show as such in them are hidden; one that looks like any other word is not found, so
 * annotate no method that handles one, or hide both payloads by {@code
 * engram.redact.keys=input,output}.
 *
 * <pre>{@code
 * @Remember(kind = Remember.Kind.AI, provider = "openai", model = "gpt-4o")
 * String answer(String question) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Remember {
  /**
   * The name of the operation; few different ones, so no ids. Empty takes {@code Class.method}. On
   * a class it stands for the class in that name.
   */
  String value() default "";

  /** What sort of operation it is. */
  Kind kind() default Kind.METHOD;

  /** For {@link Kind#AI}: who serves the model, such as {@code openai} or {@code anthropic}. */
  String provider() default "";

  /** For {@link Kind#AI}: the model that is asked. */
  String model() default "";

  /** The sorts of operation. */
  enum Kind {
    /** An ordinary method: arguments and result are not kept. */
    METHOD,
    /** A call of an AI model: arguments and result are kept. */
    AI
  }
}
