package dev.engram.agent.instrumentation.jettysecurity;

import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks where Jetty notes how a request was authenticated, at once or when it was asked. */
public final class JettySecurityInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.jettysecurity.";

  @Override
  public String name() {
    return "jetty-security";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.eclipse.jetty.security.AuthenticationState"),
            new MethodAdvice(
                named("setAuthenticationState").and(isStatic()).and(takesArguments(2)),
                HERE + "AuthenticationStateAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.eclipse.jetty.server.Request"),
            new MethodAdvice(
                named("setAuthentication").and(takesArguments(1)), HERE + "AuthenticationAdvice")));
  }
}
