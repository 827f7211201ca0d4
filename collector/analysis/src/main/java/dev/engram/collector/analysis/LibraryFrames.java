package dev.engram.collector.analysis;

import java.util.List;

/** Tells frames of well-known libraries from those that are likely the application's own. Pure. */
public final class LibraryFrames {
  private static final List<String> PREFIXES =
      List.of(
          "akka.",
          "ch.qos.logback.",
          "clojure.",
          "com.fasterxml.",
          "com.github.benmanes.caffeine.",
          "com.google.",
          "com.intellij.rt.",
          "com.microsoft.sqlserver.",
          "com.mongodb.",
          "com.mysql.",
          "com.netflix.",
          "com.sun.",
          "com.zaxxer.",
          "dev.engram.agent.",
          "dev.langchain4j.",
          "feign.",
          "graphql.",
          "groovy.",
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
          "jakarta.",
          "java.",
          "javax.",
          "jdk.",
          "junit.",
          "kotlin.",
          "kotlinx.",
          "liquibase.",
          "net.bytebuddy.",
          "net.sf.cglib.",
          "okhttp3.",
          "okio.",
          "oracle.",
          "org.aopalliance.",
          "org.apache.",
          "org.aspectj.",
          "org.assertj.",
          "org.bsc.async.",
          "org.bsc.langgraph4j.",
          "org.codehaus.",
          "org.eclipse.",
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
          "reactor.",
          "redis.clients.",
          "retrofit2.",
          "rx.",
          "scala.",
          "sun.",
          "worker.org.gradle.",
          "zipkin2.");

  /** Classes that libraries generate in the application's own packages. */
  private static final List<String> GENERATED =
      List.of("$$SpringCGLIB$$", "$$EnhancerBy", "$$FastClassBy", "$Proxy", "$HibernateProxy$");

  private LibraryFrames() {}

  /**
   * Whether the frame looks like the application's own code.
   *
   * @param frame as {@code printStackTrace} shows it after "at "
   */
  public static boolean isInApp(String frame) {
    String name = frame.substring(frame.lastIndexOf('/', Math.max(0, frame.indexOf('('))) + 1);
    return PREFIXES.stream().noneMatch(name::startsWith)
        && GENERATED.stream().noneMatch(name::contains);
  }
}
