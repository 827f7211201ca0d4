package dev.engram.agent.instrumentation.hikaricp;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the making of a pool. */
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
                isConstructor(), "dev.engram.agent.instrumentation.hikaricp.PoolAdvice")));
  }
}
