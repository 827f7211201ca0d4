package dev.engram.agent.instrumentation.jedis;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the connection of Jedis where every command goes out and every reply comes in. */
public final class JedisInstrumentation implements InstrumentationModule {
  static final String NAME = "jedis";

  private static final String JEDIS = "redis.clients.jedis.";
  private static final String HERE = "dev.engram.agent.instrumentation.jedis.";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(JEDIS + "Connection"),
            new MethodAdvice(
                named("executeCommand").and(takesArguments(1)), HERE + "ExecuteAdvice"),
            new MethodAdvice(
                named("sendCommand")
                    .and(takesArguments(1))
                    .and(takesArgument(0, named(JEDIS + "CommandArguments"))),
                HERE + "SendAdvice"),
            new MethodAdvice(
                named("readProtocolWithCheckingBroken").and(takesNoArguments()),
                HERE + "ReplyAdvice"),
            new MethodAdvice(named("connect").and(takesNoArguments()), HERE + "ConnectAdvice"),
            new MethodAdvice(
                named("close").or(named("disconnect")).and(takesNoArguments()),
                HERE + "CloseAdvice")));
  }
}
