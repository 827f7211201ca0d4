package dev.engram.agent.core.workflow;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A run that plain code makes, without an engine. Its nodes find it by the request they run in, so
 * that they may be in other threads, classes and loaders. A node comes from the one that had ended
 * last when it began. Thread-safe; no method throws.
 */
public final class CodedRun {
  /** Beyond so many, nodes do not find theirs. */
  private static final int MOST = 4096;

  /**
   * Held by whoever will end them: one whose stage never completes is gone with its stage, and so
   * is what it was given.
   */
  private static final Set<Reference<CodedRun>> RUNNING = ConcurrentHashMap.newKeySet();

  private static final ReferenceQueue<CodedRun> GONE = new ReferenceQueue<>();
  private static final AtomicLong BEGUN = new AtomicLong();

  private final WorkflowRun run;
  private final Reference<CodedRun> itself = new WeakReference<>(this, GONE);
  private final long number = BEGUN.incrementAndGet();

  /** How often each node has failed since it last succeeded. */
  private final Map<String, Long> failures = new ConcurrentHashMap<>();

  private volatile @Nullable String last;

  private CodedRun(WorkflowRun run) {
    this.run = run;
  }

  /**
   * Opens a run and makes it current; null when capture is off.
   *
   * @param id null for a new one
   * @param input null for none
   */
  public static @Nullable CodedRun begin(
      String workflow, @Nullable String id, @Nullable Object input) {
    WorkflowRun opened = WorkflowRun.open("code", workflow, id);
    if (opened == null) {
      return null;
    }
    if (input != null) {
      opened.input(input);
    }
    CodedRun begun = new CodedRun(opened.enter());
    removeGone();
    if (RUNNING.size() < MOST) {
      RUNNING.add(begun.itself);
    }
    return begun;
  }

  private static void removeGone() {
    for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      RUNNING.remove(gone);
    }
  }

  /** The run that the current span belongs to, the innermost of several; null for none. */
  public static @Nullable CodedRun current() {
    OpenSpan span = Tracing.current();
    if (span == null || RUNNING.isEmpty()) {
      return null;
    }
    String id = span.text(WorkflowRun.RUN);
    CodedRun found = null;
    for (Reference<CodedRun> reference : RUNNING) {
      CodedRun each = reference.get();
      if (each != null && each.isMeant(id, span) && (found == null || found.number < each.number)) {
        found = each;
      }
    }
    return found;
  }

  private boolean isMeant(@Nullable String id, OpenSpan span) {
    return (id == null || id.equals(run.id())) && run.span().isOfSameRequestAs(span);
  }

  /**
   * Opens a node of this run below the current span and makes it current; null when capture is off.
   *
   * @param input null for none
   */
  public @Nullable WorkflowNode node(String name, @Nullable Object input) {
    long attempt = 1 + failures.getOrDefault(name, 0L);
    WorkflowNode node =
        WorkflowNode.open(Tracing.current(), run.workflow(), run.id(), name, attempt);
    if (node == null) {
      return null;
    }
    node.from(last, null);
    if (input != null) {
      node.input(input);
    }
    return node.enter();
  }

  /** This thread goes on outside the run, which has not ended yet. */
  public void leave() {
    run.span().leave();
  }

  /** Ends a node of this name, on any thread; the rest as with {@link #ended}. */
  public void nodeEnded(
      WorkflowNode node,
      String name,
      @Nullable Object output,
      @Nullable Throwable thrown,
      String site) {
    if (thrown != null) {
      failures.merge(name, 1L, Long::sum);
      node.span().fail(thrown, ExceptionOrigin.ESCAPED, site);
    } else {
      failures.remove(name);
      if (output != null) {
        node.output(output);
      }
    }
    last = name;
    node.end();
  }

  /**
   * Ends the run, on any thread.
   *
   * @param output null for none
   * @param thrown what it failed with; null when it succeeded
   * @param site {@code class#method} of the run
   */
  public void ended(@Nullable Object output, @Nullable Throwable thrown, String site) {
    RUNNING.remove(itself);
    if (thrown != null) {
      run.fail(thrown, site);
    } else {
      if (output != null) {
        run.output(output);
      }
      run.end();
    }
  }
}
