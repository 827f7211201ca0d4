package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.instrument.DispatchClass;
import dev.engram.agent.core.instrument.Installer;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.program.LaunchedProgram;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent. Called once per {@code -javaagent} flag, before the application's main, on its
 * thread; throws nothing into it.
 */
public final class AgentStart {
  /** Read by ByteBuddy while it initialises; relocated with it, so only ours reads it. */
  private static final String BYTE_BUDDY_SAFE = "net.bytebuddy.safe";

  private AgentStart() {}

  /**
   * Starts the agent, unless this JVM runs a tool, has the agent already, or switches it off.
   *
   * @param arguments the text after {@code =} in the flag, or null
   * @param agentJar the jar in the flag
   */
  public static void start(
      @Nullable String arguments, Instrumentation instrumentation, Path agentJar) {
    LaunchedProgram program = LaunchedProgram.of(System.getProperties());
    if (!JvmTools.isTool(program)) {
      start(arguments, instrumentation, agentJar, program, false);
    }
  }

  /**
   * Starts the agent in a JVM that runs, on the thread of the JVM that attaches it. Somebody chose
   * this JVM, so it is not asked whether it runs a tool.
   */
  public static void attach(
      @Nullable String arguments, Instrumentation instrumentation, Path agentJar) {
    LaunchedProgram program = LaunchedProgram.of(System.getProperties());
    if (JvmTools.isOurs(program)) {
      AgentLog.line(
          "this JVM is a part of Engram and stays without the agent: attach to a service");
      return;
    }
    start(arguments, instrumentation, agentJar, program, true);
  }

  private static void start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      Path agentJar,
      LaunchedProgram program,
      boolean attached) {
    try {
      if (DispatchClass.isDefined()) {
        AgentLog.line(
            "this JVM already has the agent, the second copy stays off"
                + (attached ? "" : ": remove one -javaagent (" + agentJar + ")"));
        return;
      }
      start(arguments, instrumentation, program, attached);
    } catch (Throwable failure) {
      AgentLog.line("could not start, nothing is remembered: " + failure);
    }
  }

  private static void start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      LaunchedProgram program,
      boolean attached)
      throws ReflectiveOperationException {
    List<InstrumentationModule> modules = InstrumentationModules.find();
    List<String> problems = new ArrayList<>();
    Configuration configuration =
        Configuration.load(
            arguments,
            System.getProperties(),
            System.getenv(),
            InstrumentationModules.names(modules),
            problems::add);
    problems.forEach(AgentLog::line);
    if (!configuration.flag(Settings.ENABLED) || !isFit()) {
      return;
    }
    Module agent = AgentStart.class.getModule();
    ModuleAccess.open(instrumentation, agent);
    JdkWarnings.silence(agent);
    String classPath = System.getProperty("java.class.path", "");
    String service = ServiceName.of(configuration.text(Settings.SERVICE), program, classPath);
    AgentReport report = new AgentReport(attached, List.copyOf(problems));
    Remembering remembering = Remembering.start(configuration, service, report);
    remembering.installed(install(configuration, instrumentation, modules));
  }

  /** Otherwise one line says what to do. */
  private static boolean isFit() {
    List<String> missing = ModuleAccess.missing();
    if (!missing.isEmpty()) {
      AgentLog.line(
          "this JVM runs without modules the agent needs, nothing is remembered:"
              + " give java, or jlink for an image, --add-modules "
              + String.join(",", missing));
    }
    return missing.isEmpty();
  }

  private static Installer install(
      Configuration configuration,
      Instrumentation instrumentation,
      List<InstrumentationModule> modules)
      throws ReflectiveOperationException {
    System.setProperty(BYTE_BUDDY_SAFE, "true");
    try {
      return Installer.install(configuration, instrumentation, modules);
    } finally {
      System.clearProperty(BYTE_BUDDY_SAFE);
    }
  }
}
