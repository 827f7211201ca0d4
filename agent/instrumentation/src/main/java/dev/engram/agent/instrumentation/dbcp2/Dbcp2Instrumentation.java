package dev.engram.agent.instrumentation.dbcp2;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the making of a pool, and the lending and giving back of its connections. */
public final class Dbcp2Instrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.dbcp2.";

  @Override
  public String name() {
    return "dbcp2";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.commons.dbcp2.PoolingDataSource"),
            new MethodAdvice(isConstructor(), HERE + "PoolAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.commons.pool2.impl.GenericObjectPool"),
            new MethodAdvice(named("borrowObject").and(takesArguments(0)), HERE + "LendingAdvice"),
            new MethodAdvice(named("returnObject").and(takesArguments(1)), HERE + "ReturnAdvice")));
  }
}
