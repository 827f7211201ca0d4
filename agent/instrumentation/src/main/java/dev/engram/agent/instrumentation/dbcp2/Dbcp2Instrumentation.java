package dev.engram.agent.instrumentation.dbcp2;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the making of a pool. */
public final class Dbcp2Instrumentation implements InstrumentationModule {
  @Override
  public String name() {
    return "dbcp2";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.commons.dbcp2.PoolingDataSource"),
            new MethodAdvice(
                isConstructor(), "dev.engram.agent.instrumentation.dbcp2.PoolAdvice")));
  }
}
