package dev.engram.agent.instrumentation.fallback;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.remedy.FallbackRule;
import dev.engram.agent.core.remedy.Fallbacks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks methods for whose failure something older may stand in. */
public final class FallbackInstrumentation implements InstrumentationModule {
  private static final String ADVICE = "dev.engram.agent.instrumentation.fallback.FallbackAdvice";

  @Override
  public String name() {
    return "fallback";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    List<FallbackRule> rules = FallbackRule.listed(configuration);
    Fallbacks.use(rules);
    List<TypeInstrumentation> types = new ArrayList<>();
    for (FallbackRule rule : rules) {
      types.add(
          TypeInstrumentation.of(
              TypeMatch.named(rule.className()), new MethodAdvice(methods(rule), ADVICE)));
    }
    return types;
  }

  private static ElementMatcher.Junction<MethodDescription> methods(FallbackRule rule) {
    return isMethod()
        .and(named(rule.methodName()))
        .and(not(isAbstract()))
        .and(not(isNative()))
        .and(not(isSynthetic()))
        .and(new Suitable(rule));
  }

  /** What returns something that can stand in. */
  private static final class Suitable
      extends ElementMatcher.Junction.ForNonNullValues<MethodDescription> {
    private final FallbackRule rule;

    /** What was told, because it is asked more than once. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Suitable(FallbackRule rule) {
      this.rule = rule;
    }

    @Override
    protected boolean doMatch(MethodDescription method) {
      String why = rule.unsuitable(method.getReturnType().asErasure().getName());
      if (why != null && told.add(why)) {
        AgentLog.line(why);
      }
      return why == null;
    }
  }
}
