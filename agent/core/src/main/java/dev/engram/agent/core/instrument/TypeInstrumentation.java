package dev.engram.agent.core.instrument;

import java.util.List;

/** The advice for the types that match. */
public record TypeInstrumentation(TypeMatch types, List<MethodAdvice> advice) {
  public static TypeInstrumentation of(TypeMatch types, MethodAdvice... advice) {
    return new TypeInstrumentation(types, List.of(advice));
  }
}
