package dev.engram.agent.core.thrown;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the stacks of the threads that construct throwables, and keeps them for the next beat. The
 * throwable is not asked, because its methods may be the application's. When too many wait, or a
 * thread is here already, none is taken. A thread whose stack ends in here may leave anything
 * undone; {@link #drain} puts it right. Thread-safe, without locks.
 */
final class StackSamples {
  /** Frames kept of one stack, those nearest to the throw. */
  static final int FRAMES = 32;

  /** Stacks that may wait for a beat: what all threads together spend on them in a second. */
  private static final int WAITING = 1024;

  private static final int PLACES = 64;
  private static final String DISPATCH = "java.lang.EngramDispatch";
  private static final String CONSTRUCTOR = "<init>";

  /** A stack and how many constructed throwables it stands for. */
  record Sample(TypeCount type, int weight, List<StackFrame> frames) {}

  private final Function<Throwable, List<StackFrame>> walk;
  private final AtomicReferenceArray<Sample> samples = new AtomicReferenceArray<>(WAITING);

  /** So many places were claimed; the next lap begins where the last one was drained. */
  private final AtomicLong claimed = new AtomicLong();

  private volatile long drained;

  /**
   * The throwables whose stacks are being taken, by their threads: one that we should construct
   * ourselves finds its place taken.
   */
  private final AtomicReferenceArray<Throwable> busy = new AtomicReferenceArray<>(PLACES);

  /** Those of the last drain. */
  private final @Nullable Throwable[] busyBefore = new @Nullable Throwable[PLACES];

  StackSamples() {
    StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    walk = thrown -> walker.walk(new Nearest(thrown));
  }

  /**
   * Samples of stacks that are found otherwise.
   *
   * @param walk the frames of the current thread from where the throwable is constructed
   */
  StackSamples(Function<Throwable, List<StackFrame>> walk) {
    this.walk = walk;
  }

  /** Called in the constructor of {@code thrown}. */
  void take(TypeCount type, int weight, Throwable thrown) {
    int place = System.identityHashCode(Thread.currentThread()) & (PLACES - 1);
    if (claimed.get() - drained >= WAITING || !busy.compareAndSet(place, null, thrown)) {
      return;
    }
    try {
      type.taken(weight);
      List<StackFrame> frames = walk.apply(thrown);
      if (!frames.isEmpty()) {
        store(new Sample(type, weight, frames));
      }
    } finally {
      busy.compareAndSet(place, thrown, null);
    }
  }

  private void store(Sample sample) {
    long claim = claim();
    if (claim - drained < WAITING) {
      samples.set((int) (claim % WAITING), sample);
    }
  }

  /** A place for a sample, which may stay empty. */
  long claim() {
    return claimed.getAndIncrement();
  }

  /** Gives away what waits. For one thread at a time. */
  void drain(Consumer<Sample> to) {
    freeForgotten();
    long before = claimed.get();
    for (int i = 0; i < WAITING; i++) {
      Sample sample = samples.getAndSet(i, null);
      if (sample != null) {
        to.accept(sample);
      }
    }
    drained = before;
  }

  /** No stack takes from one beat to the next: that thread is no longer here. */
  private void freeForgotten() {
    for (int i = 0; i < PLACES; i++) {
      Throwable there = busy.get(i);
      if (there != null && there == busyBefore[i]) {
        busy.compareAndSet(i, there, null);
        there = null;
      }
      busyBefore[i] = there;
    }
  }

  /** The frames from where the throwable's constructor was called. */
  private record Nearest(Throwable thrown)
      implements Function<Stream<StackFrame>, List<StackFrame>> {
    @Override
    public List<StackFrame> apply(Stream<StackFrame> stack) {
      List<StackFrame> nearest = new ArrayList<>(FRAMES);
      Iterator<StackFrame> frames = stack.iterator();
      while (frames.hasNext() && nearest.size() < FRAMES) {
        StackFrame frame = frames.next();
        if (!nearest.isEmpty() || !isOfConstruction(frame)) {
          nearest.add(frame);
        }
      }
      return nearest;
    }

    private boolean isOfConstruction(StackFrame frame) {
      Class<?> type = frame.getDeclaringClass();
      return type == StackSamples.class
          || type == ThrowCounts.class
          || type.getName().equals(DISPATCH)
          || (frame.getMethodName().equals(CONSTRUCTOR) && type.isInstance(thrown));
    }
  }
}
