package dev.engram.cli.launch;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A process and all below it. One whose parent has ended is known only if it was seen before, so
 * whoever has a tree looks at it again and again. Any thread.
 */
final class ProcessTree {
  /** Those above first. */
  private final Set<ProcessHandle> running = new LinkedHashSet<>();

  private final Set<ProcessHandle> asked = new HashSet<>();
  private final Set<Long> pids = new HashSet<>();

  ProcessTree(ProcessHandle root) {
    running.add(root);
    pids.add(root.pid());
  }

  /** Looks who is there; the ids of all that were ever seen. */
  synchronized Set<Long> look() {
    running.removeIf(process -> !process.isAlive());
    for (ProcessHandle process : List.copyOf(running)) {
      // The others are below one of these.
      if (process.parent().filter(running::contains).isEmpty()) {
        process.descendants().forEach(running::add);
      }
    }
    running.forEach(process -> pids.add(process.pid()));
    return Set.copyOf(pids);
  }

  /**
   * Asks all of them to end, each once; those above first, so that they start no others.
   *
   * @return whether some have not ended yet
   */
  synchronized boolean askToEnd() {
    look();
    running.stream().filter(asked::add).forEach(ProcessHandle::destroy);
    return running.stream().anyMatch(ProcessTree::hasProgram);
  }

  /** Ends all of them without asking. */
  synchronized void kill() {
    look();
    running.forEach(ProcessHandle::destroyForcibly);
  }

  /** Who has ended and whom nobody has waited for is alive to Java, but has no program. */
  private static boolean hasProgram(ProcessHandle process) {
    return process.info().command().isPresent();
  }
}
