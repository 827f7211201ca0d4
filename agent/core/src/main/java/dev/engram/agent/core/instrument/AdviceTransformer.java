package dev.engram.agent.core.instrument;

import java.lang.reflect.Method;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;
import org.jspecify.annotations.Nullable;

/** Adds calls of advice to the methods of one class. Thread-safe. */
final class AdviceTransformer {
  private final ClassFileLocator agent =
      ClassFileLocator.ForClassLoader.of(AdviceTransformer.class.getClassLoader());
  private final Method bootstrap;
  private final Findings findings;

  AdviceTransformer(Method bootstrap, Findings findings) {
    this.bootstrap = bootstrap;
    this.findings = findings;
  }

  DynamicType.Builder<?> transform(
      DynamicType.Builder<?> builder,
      TypeDescription instrumented,
      @Nullable ClassLoader loader,
      List<Catalogue.Entry> entries) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(agent, ClassFileLocator.ForClassLoader.of(loader));
    TypePool pool = TypePool.Default.WithLazyResolution.of(locator);
    DynamicType.Builder<?> transformed = builder;
    for (Catalogue.Entry entry : entries) {
      findings.instrumented(entry.module(), instrumented.getName());
      for (MethodAdvice advice : entry.instrumentation().advice()) {
        TypeDescription type = pool.describe(advice.adviceClass()).resolve();
        transformed =
            transformed.visit(linkedBy(entry.module()).to(type, locator).on(advice.methods()));
        look(instrumented, entry, advice);
      }
      AsmVisitorWrapper rewriting = entry.instrumentation().rewriting();
      transformed = rewriting == null ? transformed : transformed.visit(rewriting);
    }
    return RaisedClassFile.isNeeded(instrumented)
        ? transformed.visit(new RaisedClassFile())
        : transformed;
  }

  private void look(TypeDescription instrumented, Catalogue.Entry entry, MethodAdvice advice) {
    if (!entry.instrumentation().types().names().isEmpty()) {
      boolean found = !instrumented.getDeclaredMethods().filter(advice.methods()).isEmpty();
      findings.looked(entry.module(), advice.adviceClass(), instrumented.getName(), found);
    }
  }

  private Advice.WithCustomMapping linkedBy(String module) {
    return Advice.withCustomMapping()
        .with(new Advice.AssignReturned.Factory())
        .bootstrap(
            bootstrap,
            (adviceMethod, exit) ->
                (type, method) ->
                    List.of(
                        JavaConstant.Simple.ofLoaded(module),
                        JavaConstant.Simple.ofLoaded(adviceMethod.getDeclaringType().getName())));
  }
}
