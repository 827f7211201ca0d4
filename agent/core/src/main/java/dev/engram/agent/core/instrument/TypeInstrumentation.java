package dev.engram.agent.core.instrument;

import java.util.List;
import net.bytebuddy.asm.AsmVisitorWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The advice for the types that match.
 *
 * @param innermost whether all other advice of a type is around this one: what runs a body again is
 *     one call to those that watch it
 * @param rewriting where no advice can go, because linking it uses the type itself; else null
 */
public record TypeInstrumentation(
    TypeMatch types,
    List<MethodAdvice> advice,
    boolean innermost,
    @Nullable AsmVisitorWrapper rewriting) {
  public TypeInstrumentation(TypeMatch types, List<MethodAdvice> advice) {
    this(types, advice, false, null);
  }

  public static TypeInstrumentation of(TypeMatch types, MethodAdvice... advice) {
    return new TypeInstrumentation(types, List.of(advice));
  }

  /** Types whose methods may run again. */
  public static TypeInstrumentation repeating(TypeMatch types, MethodAdvice... advice) {
    return new TypeInstrumentation(types, List.of(advice), true, null);
  }

  /** Types that call the class in {@code java.lang} themselves. */
  public static TypeInstrumentation rewritten(TypeMatch types, AsmVisitorWrapper rewriting) {
    return new TypeInstrumentation(types, List.of(), false, rewriting);
  }
}
