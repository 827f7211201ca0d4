package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.program.LaunchedProgram;
import java.util.List;

/**
 * Tells a service from a tool that merely runs on a JVM, which must not be disturbed when the agent
 * comes through {@code JAVA_TOOL_OPTIONS}. Pure.
 */
final class JvmTools {
  private static final String OURS = "dev.engram.";

  private static final String OUR_JAR = "engram.jar";

  /** Parts of tools that run an application, or its tests, in the same JVM. */
  private static final List<String> RUNNERS =
      List.of(
          // java Program.java compiles in memory, then runs it
          "com.sun.tools.javac.launcher.",
          "org.jetbrains.kotlin.runner.",
          "worker.org.gradle.process.internal.worker.GradleWorkerMain",
          "sbt.ForkMain",
          "org.apache.maven.surefire.booter.");

  private static final List<String> MAIN_PREFIXES =
      List.of(
          "sun.tools.",
          "com.sun.tools.",
          "sun.security.tools.",
          "jdk.",
          // build tools, their wrappers and daemons
          "org.codehaus.plexus.classworlds.launcher.",
          "org.codehaus.classworlds.",
          "org.apache.maven.wrapper.",
          "org.apache.maven.cli.",
          "org.mvndaemon.",
          "org.gradle.",
          "worker.org.gradle.",
          "org.apache.tools.ant.",
          "xsbt.boot.",
          "sbt.",
          "org.jetbrains.kotlin.",
          // the collector and the command line of Engram
          OURS);

  private static final List<String> JARS =
      List.of("maven-wrapper.jar", "gradle-wrapper.jar", "sbt-launch.jar", OUR_JAR);

  private JvmTools() {}

  /** Whether it is a part of Engram, which would remember how it remembers. */
  static boolean isOurs(LaunchedProgram program) {
    return program.main().startsWith(OURS) || program.simpleName().equals(OUR_JAR);
  }

  static boolean isTool(LaunchedProgram program) {
    if (RUNNERS.stream().anyMatch(program.main()::startsWith)) {
      return false;
    }
    return runsNothing(program)
        || isOfTheJdk(program.module())
        || (program.isJar() && JARS.contains(program.simpleName()))
        || MAIN_PREFIXES.stream().anyMatch(program.main()::startsWith);
  }

  /** {@code java -version} and the like; a JVM that a native program embeds is a service. */
  private static boolean runsNothing(LaunchedProgram program) {
    return program.byLauncher() && program.main().isEmpty();
  }

  private static boolean isOfTheJdk(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }
}
