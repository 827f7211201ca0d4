package dev.engram.cli.launch;

import dev.engram.cli.CommandException;
import dev.engram.cli.Invocation;
import dev.engram.cli.agents.RunningAgent;
import dev.engram.cli.agents.RunningAgents;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command with the agent in it and keeps what the agents of its JVMs say last: a collector
 * may take their folders over as soon as they are gone. Other services may begin meanwhile; they
 * are none of its business. What the command prints goes to standard error.
 */
final class WatchedCommand {
  private static final long LOOK_MILLIS = 100;

  /** What a JVM has for its shutdown hooks before it is killed. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Home home;
  private final Invocation invocation;
  private final Duration patience;
  private final Set<Path> before = new HashSet<>();
  private final Map<Path, RunningAgent> seen = new LinkedHashMap<>();

  WatchedCommand(Home home, Invocation invocation) {
    this(home, invocation, PATIENCE);
  }

  WatchedCommand(Home home, Invocation invocation, Duration patience) {
    this.home = home;
    this.invocation = invocation;
    this.patience = patience;
    RunningAgents.all(home).forEach(agent -> before.add(agent.folder()));
  }

  /**
   * Runs it to its end.
   *
   * @param longest after which it and all that it started is asked to end, and killed if it does
   *     not; null for as long as it wants
   * @return the agents that said something
   */
  List<RunningAgent> run(AgentCommand command, @Nullable Duration longest) {
    Process process = ChildProcess.startPiped(command);
    ProcessTree tree = new ProcessTree(process.toHandle());
    Thread output = daemon("output", () -> copyOutput(process));
    Thread watch = daemon("watch", () -> watch(process, tree, longest));
    ChildProcess.await(process);
    join(watch, Duration.ZERO);
    // A grandchild may keep the output open; nobody waits long for it.
    join(output, Duration.ofSeconds(1));
    look(tree);
    return List.copyOf(seen.values());
  }

  private void watch(Process process, ProcessTree tree, @Nullable Duration longest) {
    long began = System.nanoTime();
    while (process.isAlive() && (longest == null || isWithin(longest, began))) {
      look(tree);
      pause();
    }
    if (process.isAlive()) {
      end(tree);
    }
  }

  private void end(ProcessTree tree) {
    long began = System.nanoTime();
    while (tree.askToEnd() && isWithin(patience, began)) {
      look(tree);
      pause();
    }
    tree.kill();
  }

  private synchronized void look(ProcessTree tree) {
    for (RunningAgent agent : RunningAgents.ofPids(home, tree.look())) {
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

  private static boolean isWithin(Duration length, long beganNanoTime) {
    return System.nanoTime() - beganNanoTime < length.toNanos();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
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

  /** Zero is for as long as it takes. */
  private static void join(Thread thread, Duration atMost) {
    try {
      thread.join(atMost.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the command ran", interrupted);
    }
  }
}
