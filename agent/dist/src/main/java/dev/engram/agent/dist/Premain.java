package dev.engram.agent.dist;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry: checks the Java version, builds the isolated loader and hands over to it.
 * Never throws; what keeps the agent from starting is one line on stderr.
 */
public final class Premain {
  private static final int OLDEST_JAVA = 17;
  private static final String START = "dev.engram.agent.core.bootstrap.AgentStart";

  private Premain() {}

  /** Called by the JVM for {@code -javaagent}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    begin("start", arguments, instrumentation);
  }

  /** Called by the JVM when the agent is attached to a running service. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    begin("attach", arguments, instrumentation);
  }

  private static void begin(
      String entry, @Nullable String arguments, Instrumentation instrumentation) {
    if (System.getSecurityManager() != null) {
      say(
          "cannot work under a security manager, nothing is remembered:"
              + " start without -Djava.security.manager");
      return;
    }
    String version = System.getProperty("java.specification.version", "");
    if (!isSupported(version)) {
      say(
          "needs Java "
              + OLDEST_JAVA
              + " or newer, this is Java "
              + version
              + ": nothing is remembered");
      return;
    }
    try {
      start(entry, arguments, instrumentation);
    } catch (Throwable failure) {
      say("could not start, nothing is remembered: " + failure);
    }
  }

  /** Whether a {@code java.specification.version} such as {@code 1.8} or {@code 25} will do. */
  static boolean isSupported(String version) {
    try {
      return Integer.parseInt(version) >= OLDEST_JAVA;
    } catch (NumberFormatException oldScheme) {
      return false;
    }
  }

  private static void start(
      String entry, @Nullable String arguments, Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException, URISyntaxException {
    File jar = new File(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    IsolatedClassLoader loader = new IsolatedClassLoader(jar);
    loader
        .loadClass(START)
        .getMethod(entry, String.class, Instrumentation.class, Path.class)
        .invoke(null, arguments, instrumentation, jar.toPath());
  }

  private static void say(String text) {
    System.err.println("engram: " + text);
  }
}
