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

/** Hooks where Jetty 12 notes how a request was authenticated, at once or when it was asked. */
public final class JettySecurityInstrumentation implements InstrumentationModule {
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
                "dev.engram.agent.instrumentation.jettysecurity.AuthenticationStateAdvice")));
  }
}
