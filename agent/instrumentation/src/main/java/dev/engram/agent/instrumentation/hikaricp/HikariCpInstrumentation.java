package dev.engram.agent.instrumentation.hikaricp;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the making of a pool, and the lending of its connections. */
public final class HikariCpInstrumentation implements InstrumentationModule {
  @Override
  public String name() {
    return "hikaricp";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("com.zaxxer.hikari.pool.HikariPool"),
            new MethodAdvice(
                isConstructor(), "dev.engram.agent.instrumentation.hikaricp.PoolAdvice"),
            new MethodAdvice(
                named("getConnection").and(takesArguments(long.class)),
                "dev.engram.agent.instrumentation.hikaricp.LendingAdvice")));
  }
}
