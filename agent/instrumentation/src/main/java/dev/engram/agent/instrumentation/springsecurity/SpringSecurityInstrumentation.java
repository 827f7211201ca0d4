package dev.engram.agent.instrumentation.springsecurity;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks where whoever guards the request is told its user. The context that has it may be read from
 * a session as late as it is asked for; once this method of it is called, somebody has asked.
 */
public final class SpringSecurityInstrumentation implements InstrumentationModule {
  @Override
  public String name() {
    return "spring-security";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.springframework.security.core.context.SecurityContextImpl"),
            new MethodAdvice(
                named("getAuthentication").and(takesNoArguments()),
                "dev.engram.agent.instrumentation.springsecurity.AuthenticationAdvice")));
  }
}
