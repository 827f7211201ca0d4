package dev.engram.agent.instrumentation.lettuce;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.Collection;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks the end of a connection that every interface of Lettuce writes its commands to. */
public final class LettuceInstrumentation implements InstrumentationModule {
  private static final String PROTOCOL = "io.lettuce.core.protocol.";
  private static final String HERE = "dev.engram.agent.instrumentation.lettuce.";
  private static final ElementMatcher<TypeDescription> COMMAND = named(PROTOCOL + "RedisCommand");

  @Override
  public String name() {
    return "lettuce";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(PROTOCOL + "DefaultEndpoint"),
            new MethodAdvice(write(COMMAND), HERE + "WriteAdvice"),
            new MethodAdvice(write(named(Collection.class.getName())), HERE + "WriteAllAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(PROTOCOL + "CommandHandler"),
            new MethodAdvice(
                named("complete").and(takesArguments(1)).and(takesArgument(0, COMMAND)),
                HERE + "CompleteAdvice")));
  }

  private static ElementMatcher<? super MethodDescription> write(
      ElementMatcher<? super TypeDescription> written) {
    return named("write").and(takesArguments(1)).and(takesArgument(0, written));
  }
}
