package dev.engram.agent.instrumentation.transactionretry;

import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.lang.reflect.Method;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;

/** Hooks the two ways into a proxied bean of Spring, outside of all its interceptors. */
public final class TransactionRetryInstrumentation implements InstrumentationModule {
  private static final String SPRING = "org.springframework.aop.framework.";
  private static final String ADVICE =
      "dev.engram.agent.instrumentation.transactionretry.TransactionRetryAdvice";

  @Override
  public String name() {
    return "transaction-retry";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.repeating(
            TypeMatch.named(
                SPRING + "CglibAopProxy$DynamicAdvisedInterceptor", SPRING + "JdkDynamicAopProxy"),
            new MethodAdvice(
                namedOneOf("intercept", "invoke")
                    .<MethodDescription>and(takesArgument(0, Object.class))
                    .and(takesArgument(1, Method.class)),
                ADVICE)));
  }
}
