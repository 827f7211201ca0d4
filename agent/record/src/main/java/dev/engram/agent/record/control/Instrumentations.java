package dev.engram.agent.record.control;

import java.util.List;

/** The instrumentations of the agent, for those who cannot load them. */
public final class Instrumentations {
  /** In the order of the alphabet. */
  public static final List<String> NAMES =
      List.of(
          "anthropic-java",
          "apache-httpclient-4",
          "apache-httpclient-5",
          "concurrency",
          "connection-retry",
          "dbcp2",
          "decisions",
          "fallback",
          "feedback",
          "flowable",
          "google-adk",
          "grpc",
          "helidon",
          "hikaricp",
          "http-url-connection",
          "idempotent",
          "jakarta-servlet",
          "jakarta-servlet-body",
          "java-util-logging",
          "javalin",
          "javax-servlet",
          "javax-servlet-body",
          "jdbc",
          "jdk-http-client",
          "jdk-http-server",
          "jedis",
          "jersey",
          "jetty-security",
          "kafka",
          "langchain4j",
          "langchain4j-agentic",
          "langgraph4j",
          "lettuce",
          "log4j-2",
          "logback",
          "methods",
          "mongodb",
          "netty",
          "okhttp",
          "openai-java",
          "quartz",
          "reactor-netty",
          "reactor-netty-client",
          "recall",
          "slf4j-simple",
          "spring-ai",
          "spring-batch",
          "spring-scheduling",
          "spring-security",
          "spring-webflux",
          "temporal",
          "throwables",
          "tomcat-jdbc",
          "transaction-retry",
          "uncaught",
          "vertx",
          "workflow-methods");

  private Instrumentations() {}
}
