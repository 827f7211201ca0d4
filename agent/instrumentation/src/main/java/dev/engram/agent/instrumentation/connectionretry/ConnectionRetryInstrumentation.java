package dev.engram.agent.instrumentation.connectionretry;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isSynchronized;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks {@code DataSource.getConnection()} of pools, drivers and what wraps them. */
public final class ConnectionRetryInstrumentation implements InstrumentationModule {
  private static final String SOURCE = "javax.sql.DataSource";
  private static final String ADVICE =
      "dev.engram.agent.instrumentation.connectionretry.ConnectionRetryAdvice";

  /** Asked by the pool alone, on a thread of its own, until it gives a connection. */
  private static final String INSIDE_HIKARI = "com.zaxxer.hikari.util.DriverDataSource";

  /** They declare the method in a super class of those that implement the type. */
  private static final String[] SOURCES = {
    "org.apache.tomcat.jdbc.pool.DataSourceProxy", "org.postgresql.ds.common.BaseDataSource",
  };

  @Override
  public String name() {
    return "connection-retry";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    ElementMatcher.Junction<MethodDescription> get =
        named("getConnection")
            .<MethodDescription>and(takesNoArguments())
            .and(isPublic())
            .and(not(isAbstract()))
            .and(not(isSynchronized()));
    return List.of(
        TypeInstrumentation.repeating(
            TypeMatch.where(
                    SOURCE,
                    not(isInterface())
                        .and(not(named(INSIDE_HIKARI)))
                        .and(declaresMethod(get))
                        .and(hasSuperType(named(SOURCE))))
                .mentioning("getConnection"),
            new MethodAdvice(get, ADVICE)),
        TypeInstrumentation.repeating(TypeMatch.named(SOURCES), new MethodAdvice(get, ADVICE)));
  }
}
