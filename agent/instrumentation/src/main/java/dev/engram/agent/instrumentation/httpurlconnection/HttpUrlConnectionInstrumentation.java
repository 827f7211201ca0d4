package dev.engram.agent.instrumentation.httpurlconnection;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the JDK's connections of http and https by name; the names hold for JDK 17 to 25. */
public final class HttpUrlConnectionInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.httpurlconnection.";
  private static final String HTTP = "sun.net.www.protocol.http.HttpURLConnection";
  private static final String HTTPS =
      "sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection";

  @Override
  public String name() {
    return "http-url-connection";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(HTTP, HTTPS),
            new MethodAdvice(named("connect").and(takesNoArguments()), HERE + "ConnectAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(HTTP),
            new MethodAdvice(named("writeRequests").and(takesNoArguments()), HERE + "SendAdvice"),
            new MethodAdvice(named("getInputStream").and(takesNoArguments()), HERE + "ReadAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("sun.net.www.http.HttpClient"),
            new MethodAdvice(named("parseHTTP"), HERE + "ResponseAdvice")));
  }
}
