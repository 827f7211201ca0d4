package dev.engram.agent.instrumentation.grpc;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks what every transport of gRPC shares: the server where it wraps the method of a call into
 * its interceptors, and the channel below the interceptors of a client. An interceptor of ours
 * could not be switched off while the service runs.
 */
public final class GrpcInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.grpc.";

  @Override
  public String name() {
    return "grpc";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("io.grpc.internal.ServerImpl$ServerTransportListenerImpl"),
            new MethodAdvice(
                named("wrapMethod").and(takesArguments(3)), HERE + "ServedMethodAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("io.grpc.internal.ManagedChannelImpl$RealChannel"),
            new MethodAdvice(named("newCall").and(takesArguments(2)), HERE + "NewCallAdvice")));
  }
}
