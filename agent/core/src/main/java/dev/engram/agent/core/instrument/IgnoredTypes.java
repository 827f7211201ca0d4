package dev.engram.agent.core.instrument;

import org.jspecify.annotations.Nullable;

/**
 * Classes that no condition is asked about: the JDK's, our own, other agents', and what is
 * generated at run time. An exact name is still honoured. Pure.
 */
final class IgnoredTypes {
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  /** Below it all loaders of the agent, whose libraries keep their names. */
  private static final String AGENT = "dev.engram.agent.";

  private static final String[] PREFIXES = {
    "java.",
    "javax.management.",
    "jdk.",
    "sun.",
    "com.sun.",
    AGENT,
    "dev.engram.shaded.",
    // other agents
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
    // libraries that are large, loaded early, and never an entry into a service
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
    return loader == null
        || loader == PLATFORM
        || loader.getClass().getName().startsWith(AGENT)
        || isGenerated(name)
        || hasIgnoredPrefix(name);
  }

  /** Lambdas, proxies and subclasses made by frameworks; hidden classes have a slash. */
  private static boolean isGenerated(String name) {
    return name.contains("$$")
        || name.contains("$Proxy")
        || name.contains("$ByteBuddy$")
        || name.indexOf('/') >= 0;
  }

  private static boolean hasIgnoredPrefix(String name) {
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
