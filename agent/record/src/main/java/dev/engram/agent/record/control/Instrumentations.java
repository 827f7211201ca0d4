package dev.engram.agent.record.control;

import java.util.List;

/** The instrumentations of the agent, for those who cannot load them. */
public final class Instrumentations {
  /** In the order of the alphabet. */
  public static final List<String> NAMES =
      List.of(
          "apache-httpclient-4",
          "apache-httpclient-5",
          "concurrency",
          "feedback",
          "http-url-connection",
          "jakarta-servlet",
          "javax-servlet",
          "jdbc",
          "jdk-http-client",
          "jdk-http-server",
          "methods",
          "okhttp");

  private Instrumentations() {}
}
