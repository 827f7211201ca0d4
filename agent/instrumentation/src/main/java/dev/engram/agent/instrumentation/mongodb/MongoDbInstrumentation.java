package dev.engram.agent.instrumentation.mongodb;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Hooks where the driver tells about its commands, and sees to it that somebody listens; and where
 * the reactive driver goes on with an operation on another thread.
 */
public final class MongoDbInstrumentation implements InstrumentationModule {
  private static final String DRIVER = "com.mongodb.internal.";
  private static final String CONNECTION = DRIVER + "connection.";
  private static final String HERE = "dev.engram.agent.instrumentation.mongodb.";

  @Override
  public String name() {
    return "mongodb";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        on(
            DRIVER + "event.EventListenerHelper",
            advice(named("getCommandListener").and(takesArguments(1)), "ListenerAdvice")),
        on(
            CONNECTION + "ProtocolHelper",
            advice(
                named("sendCommandStartedEvent")
                    .and(takesArgument(3, named("org.bson.BsonDocument")))
                    .and(takesArgument(4, named("com.mongodb.connection.ConnectionDescription"))),
                "StartAdvice")),
        on(
            CONNECTION + "InternalStreamConnection",
            advice(sendsAsync(4), "AsyncAdvice"),
            advice(sendsAsync(6), "AsyncWithSessionAdvice")),
        on(
            CONNECTION + "DefaultConnectionPool$Task",
            advice(isConstructor(), "WaitAdvice"),
            advice(named("doComplete").and(takesArguments(1)), "WaitedAdvice")));
  }

  private static ElementMatcher<? super MethodDescription> sendsAsync(int arguments) {
    return named("sendAndReceiveAsync")
        .and(takesArguments(arguments))
        .and(takesArgument(arguments - 1, named(DRIVER + "async.SingleResultCallback")));
  }

  private static TypeInstrumentation on(String type, MethodAdvice... advice) {
    return TypeInstrumentation.of(TypeMatch.named(type), advice);
  }

  private static MethodAdvice advice(
      ElementMatcher<? super MethodDescription> methods, String adviceClass) {
    return new MethodAdvice(methods, HERE + adviceClass);
  }
}
