package dev.engram.agent.instrumentation.throwables;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import dev.engram.agent.core.thrown.ThrowCounts;
import java.util.List;

/** Hooks the end of each constructor of Throwable, and its printStackTrace without arguments. */
public final class ThrowablesInstrumentation implements InstrumentationModule {
  @Override
  public String name() {
    return "throwables";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.rewritten(
            TypeMatch.named(Throwable.class.getName()), new ToldThrowables()));
  }

  @Override
  public void switchTo(boolean enabled) {
    ThrowCounts.switchTo(enabled);
  }
}
