package dev.engram.agent.instrumentation.springsecurity;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks where a filter says who the user is, and where whoever guards the request is told. The
 * context that has it may be read from a session as late as it is asked for; once it is asked for
 * the user, somebody has.
 */
public final class SpringSecurityInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.springsecurity.";

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
                named("getAuthentication").and(takesNoArguments()), HERE + "AuthenticationAdvice"),
            new MethodAdvice(
                named("setAuthentication").and(takesArguments(1)), HERE + "AuthenticatedAdvice")));
  }
}
