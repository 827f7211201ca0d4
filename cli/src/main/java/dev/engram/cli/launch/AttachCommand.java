package dev.engram.cli.launch;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.cli.agents.RunningAgent;
import dev.engram.cli.agents.RunningAgents;
import dev.engram.cli.render.SafeText;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram attach}. */
@Command(
    name = "attach",
    description = "Puts the agent into a Java process that runs already.",
    footer = {
      "",
      "What began before is not followed: requests under way, statements that were prepared,",
      "tasks that wait in a queue. The agent goes when the process ends; for good, start it with",
      "engram run, or with -javaagent."
    })
public final class AttachCommand implements Callable<Integer> {
  private static final int OLDEST_JAVA = 17;

  /** From this version on the JVM warns of agents that come later. */
  private static final int WARNS_SINCE = 21;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 100;

  private final Invocation invocation;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service's name; otherwise that of the jar or main class.")
  private @Nullable String service;

  @Parameters(index = "0", paramLabel = "PID", description = "The process's id.")
  private long pid;

  @Mixin private HomeOption homeOption = new HomeOption();

  public AttachCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.home(invocation.environment()).prepare();
    JavaProcess.of(pid).checkAttachable();
    Optional<RunningAgent> there = RunningAgents.ofPid(home, pid);
    if (there.isPresent()) {
      invocation.terminal().out().println(line("the agent is already in ", there.get()));
      return 0;
    }
    int version = load(home);
    RunningAgent agent = await(home);
    invocation.terminal().out().println(line("attached to ", agent));
    explain(version);
    return 0;
  }

  /** The version of its Java. */
  private int load(Home home) {
    VirtualMachine jvm = connect();
    try {
      int version = version(jvm.getSystemProperties());
      if (version < OLDEST_JAVA) {
        throw new CommandException(
            "process "
                + pid
                + " runs Java "
                + version
                + ": the agent needs "
                + OLDEST_JAVA
                + " or newer");
      }
      jvm.loadAgent(PackedJar.AGENT.unpack(home).toString(), arguments(home));
      return version;
    } catch (AgentLoadException | AgentInitializationException | IOException refused) {
      throw new CommandException(
          "process "
              + pid
              + " takes no agent: "
              + refused.getMessage()
              + "; start it with -javaagent instead (engram agent-path)",
          refused);
    } finally {
      detach(jvm);
    }
  }

  private VirtualMachine connect() {
    try {
      return VirtualMachine.attach(Long.toString(pid));
    } catch (AttachNotSupportedException | IOException refused) {
      throw new CommandException(
          "process " + pid + " cannot be attached to: " + refused.getMessage(), refused);
    }
  }

  private static void detach(VirtualMachine jvm) {
    try {
      jvm.detach();
    } catch (IOException gone) {
      // Whoever is gone needs no goodbye.
    }
  }

  private static int version(Properties properties) {
    String version = properties.getProperty("java.specification.version", "0");
    return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }

  private String arguments(Home home) {
    if (home.folder().toString().indexOf(';') >= 0
        || (service != null && service.indexOf(';') >= 0)) {
      throw new CommandException("a home or service with a ; in it cannot be told to the agent");
    }
    return "home=" + home.folder() + (service == null ? "" : ";service=" + service);
  }

  /** Its folder appears within a second or two. */
  private RunningAgent await(Home home) {
    long deadline = System.nanoTime() + PATIENCE;
    Optional<RunningAgent> agent = RunningAgents.ofPid(home, pid);
    while (!agent.filter(RunningAgent::hasReport).isPresent() && System.nanoTime() < deadline) {
      pause();
      agent = RunningAgents.ofPid(home, pid);
    }
    return agent.orElseThrow(
        () ->
            new CommandException(
                "process "
                    + pid
                    + " remembers nothing into "
                    + home.folder()
                    + ": its stderr says why (an agent that came with another home, a setting"
                    + " that keeps it off, a home that cannot be used)"));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", interrupted);
    }
  }

  private String line(String what, RunningAgent agent) {
    return what
        + SafeText.of(agent.service())
        + " (pid "
        + pid
        + "): "
        + agent.classes()
        + " classes instrumented, see: engram doctor "
        + pid
        + homeOption.typedAgain();
  }

  private void explain(int version) {
    invocation.say(
        "classes that were loaded are instrumented too, but what began before is not followed:"
            + " requests under way, prepared statements, tasks in queues");
    if (version >= WARNS_SINCE) {
      invocation.say(
          "since Java 21 the JVM warns on the service's stderr that an agent was loaded dynamically;"
              + " it does no harm: -XX:+EnableDynamicAgentLoading hides it, -javaagent avoids it");
    }
  }
}
