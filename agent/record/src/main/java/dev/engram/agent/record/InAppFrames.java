package dev.engram.agent.record;

import java.util.List;

/** Decides which stack frames belong to the application. Pure. */
@FunctionalInterface
public interface InAppFrames {
  /**
   * Beginnings of class names that belong to the platform, to languages, frameworks, drivers and
   * build tools.
   */
  List<String> LIBRARY_PREFIXES =
      List.of(
          "java.",
          "javax.",
          "jakarta.",
          "jdk.",
          "sun.",
          "com.sun.",
          "oracle.",
          "kotlin.",
          "kotlinx.",
          "scala.",
          "groovy.",
          "clojure.",
          "akka.",
          "reactor.",
          "rx.",
          "ch.qos.logback.",
          "com.fasterxml.",
          "com.github.benmanes.caffeine.",
          "com.google.common.",
          "com.google.gson.",
          "com.google.inject.",
          "com.google.protobuf.",
          "com.intellij.rt.",
          "com.mysql.",
          "com.microsoft.sqlserver.",
          "com.mongodb.",
          "com.netflix.",
          "com.zaxxer.hikari.",
          "dev.engram.agent.",
          "dev.langchain4j.",
          "feign.",
          "graphql.",
          "io.github.resilience4j.",
          "io.grpc.",
          "io.lettuce.",
          "io.micrometer.",
          "io.micronaut.",
          "io.netty.",
          "io.opentelemetry.",
          "io.quarkus.",
          "io.reactivex.",
          "io.undertow.",
          "io.vertx.",
          "junit.",
          "liquibase.",
          "net.bytebuddy.",
          "net.sf.cglib.",
          "okhttp3.",
          "okio.",
          "org.aopalliance.",
          "org.apache.",
          "org.aspectj.",
          "org.assertj.",
          "org.bsc.async.",
          "org.bsc.langgraph4j.",
          "org.codehaus.",
          "org.eclipse.jetty.",
          "org.flywaydb.",
          "org.glassfish.",
          "org.gradle.",
          "org.h2.",
          "org.hamcrest.",
          "org.hibernate.",
          "org.hsqldb.",
          "org.jboss.",
          "org.joda.time.",
          "org.jooq.",
          "org.json.",
          "org.jsoup.",
          "org.junit.",
          "org.mariadb.",
          // With its tests, which have packages beside it.
          "org.mockito",
          "org.postgresql.",
          "org.quartz.",
          "org.reactivestreams.",
          "org.slf4j.",
          "org.springframework.",
          "org.sqlite.",
          "org.testng.",
          "org.thymeleaf.",
          "org.wildfly.",
          "org.xnio.",
          "redis.clients.",
          "retrofit2.",
          "worker.org.gradle.",
          "zipkin2.");

  boolean isInApp(String className);

  /**
   * The innermost frame that somebody of the application wrote; where there is none, the innermost
   * outside well-known libraries, or else of all.
   *
   * @param frames innermost first, at least one
   */
  default StackFrame nearest(List<StackFrame> frames) {
    StackFrame outsider = null;
    for (StackFrame frame : frames) {
      if (FrameName.isGenerated(frame)) {
        continue;
      }
      if (isInApp(frame.className())) {
        return frame;
      }
      if (outsider == null && !startsWithAny(frame.className(), LIBRARY_PREFIXES)) {
        outsider = frame;
      }
    }
    return outsider == null ? frames.get(0) : outsider;
  }

  /**
   * Classes of these packages and the packages below them; without any package, all classes but
   * those of well-known libraries.
   */
  static InAppFrames of(List<String> packages) {
    if (packages.isEmpty()) {
      return outside(LIBRARY_PREFIXES);
    }
    List<String> prefixes =
        packages.stream().map(name -> name.endsWith(".") ? name : name + ".").toList();
    return className -> startsWithAny(className, prefixes);
  }

  /** All classes whose name begins with none of these. */
  static InAppFrames outside(List<String> prefixes) {
    List<String> copy = List.copyOf(prefixes);
    return className -> !startsWithAny(className, copy);
  }

  private static boolean startsWithAny(String className, List<String> prefixes) {
    for (int i = 0; i < prefixes.size(); i++) {
      if (className.startsWith(prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }
}
