package dev.engram.agent.core.instrument;

import java.util.List;
import net.bytebuddy.asm.AsmVisitorWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The advice for the types that match.
 *
 * @param rewriting where no advice can go, because linking it uses the type itself; else null
 */
public record TypeInstrumentation(
    TypeMatch types, List<MethodAdvice> advice, @Nullable AsmVisitorWrapper rewriting) {
  public TypeInstrumentation(TypeMatch types, List<MethodAdvice> advice) {
    this(types, advice, null);
  }

  public static TypeInstrumentation of(TypeMatch types, MethodAdvice... advice) {
    return new TypeInstrumentation(types, List.of(advice));
  }

  /** Types that call the class in {@code java.lang} themselves. */
  public static TypeInstrumentation rewritten(TypeMatch types, AsmVisitorWrapper rewriting) {
    return new TypeInstrumentation(types, List.of(), rewriting);
  }
}
