package dev.engram.cli.launch;

import dev.engram.cli.CommandException;
import dev.engram.cli.Invocation;
import dev.engram.cli.agents.RunningAgent;
import dev.engram.cli.agents.RunningAgents;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command with the agent in it and keeps what the agents of its JVMs say last: a collector
 * may take their folders over as soon as they are gone. What the command prints goes to standard
 * error.
 */
final class WatchedCommand {
  private static final long LOOK_MILLIS = 100;

  private final Home home;
  private final Invocation invocation;
  private final Set<Path> before = new HashSet<>();
  private final Map<Path, RunningAgent> seen = new LinkedHashMap<>();

  WatchedCommand(Home home, Invocation invocation) {
    this.home = home;
    this.invocation = invocation;
    RunningAgents.all(home).forEach(agent -> before.add(agent.folder()));
  }

  /**
   * Runs it to its end.
   *
   * @param longest after which it is asked to end; null for as long as it wants
   * @return the agents that said something
   */
  List<RunningAgent> run(AgentCommand command, @Nullable Duration longest) {
    Process process = ChildProcess.startPiped(command);
    Thread output = daemon("output", () -> copyOutput(process));
    Thread watch = daemon("watch", () -> watch(process, longest));
    ChildProcess.await(process);
    join(output);
    join(watch);
    look();
    return List.copyOf(new ArrayList<>(seen.values()));
  }

  private void watch(Process process, @Nullable Duration longest) {
    long deadline = System.nanoTime() + (longest == null ? 0 : longest.toNanos());
    while (process.isAlive()) {
      look();
      if (longest != null && System.nanoTime() > deadline) {
        process.toHandle().destroy();
      }
      pause(process);
    }
  }

  private synchronized void look() {
    for (RunningAgent agent : RunningAgents.all(home)) {
      if (!before.contains(agent.folder()) && agent.hasReport()) {
        seen.put(agent.folder(), agent);
      }
    }
  }

  private void copyOutput(Process process) {
    try {
      process.getInputStream().transferTo(invocation.terminal().err());
    } catch (IOException closed) {
      // It has nothing more to say.
    }
  }

  private static void pause(Process process) {
    try {
      process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "doctor-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A grandchild may keep the output open; nobody waits long for it. */
  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the command ran", interrupted);
    }
  }
}
