package dev.engram.agent.core.instrument.sample;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.matcher.ElementMatchers;

/** A module with one instrumentation, whose advice is in this package. */
public record SampleModule(String name, TypeMatch match, String method, String advice)
    implements InstrumentationModule {
  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            match,
            new MethodAdvice(
                ElementMatchers.named(method),
                SampleModule.class.getPackageName() + "." + advice)));
  }
}
