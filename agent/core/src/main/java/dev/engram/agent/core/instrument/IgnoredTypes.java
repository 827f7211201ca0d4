package dev.engram.agent.core.instrument;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Classes that no condition is asked about: the JDK's, our own, other agents', and what is
 * generated at run time. An exact name is still honoured. Pure.
 */
final class IgnoredTypes {
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  /** Below it all loaders of the agent, whose libraries keep their names. */
  private static final String AGENT = "dev.engram.agent.";

  /** Why no condition is asked. */
  enum Reason {
    JDK,
    AGENTS,
    LIBRARIES,
    GENERATED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String[] JDK = {
    "java.", "javax.management.", "jdk.", "sun.", "com.sun.",
  };

  /** Ours and others. */
  private static final String[] AGENTS = {
    AGENT,
    "dev.engram.shaded.",
    "co.elastic.apm.agent.",
    "com.appdynamics.",
    "com.dynatrace.",
    "com.newrelic.",
    "com.singularity.",
    "datadog.",
    "io.opentelemetry.javaagent.",
    "kieker.",
    "org.apache.skywalking.apm.",
    "org.glowroot.",
    "com.navercorp.pinpoint.",
    "org.jacoco.agent.",
    "com.intellij.rt.",
  };

  /** Large, loaded early, and never an entry into a service. */
  private static final String[] LIBRARIES = {
    "ch.qos.logback.",
    "com.fasterxml.jackson.",
    "com.google.common.",
    "groovy.",
    "javassist.",
    "kotlin.",
    "net.bytebuddy.",
    "org.apache.logging.log4j.",
    "org.aspectj.",
    "org.codehaus.groovy.",
    "org.objectweb.asm.",
    "org.slf4j.",
    "org.yaml.snakeyaml.",
    "scala.",
  };

  private IgnoredTypes() {}

  static boolean isIgnored(String name, @Nullable ClassLoader loader) {
    return reason(name, loader) != null;
  }

  /** Null when it is not ignored. */
  static @Nullable Reason reason(String name, @Nullable ClassLoader loader) {
    if (loader == null || loader == PLATFORM || hasPrefix(JDK, name)) {
      return Reason.JDK;
    }
    if (loader.getClass().getName().startsWith(AGENT) || hasPrefix(AGENTS, name)) {
      return Reason.AGENTS;
    }
    if (isGenerated(name)) {
      return Reason.GENERATED;
    }
    return hasPrefix(LIBRARIES, name) ? Reason.LIBRARIES : null;
  }

  /** Lambdas, proxies and subclasses made by frameworks; hidden classes have a slash. */
  private static boolean isGenerated(String name) {
    return name.contains("$$")
        || name.contains("$Proxy")
        || name.contains("$ByteBuddy$")
        || name.indexOf('/') >= 0;
  }

  private static boolean hasPrefix(String[] prefixes, String name) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
