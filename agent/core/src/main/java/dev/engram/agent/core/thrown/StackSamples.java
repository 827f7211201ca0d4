package dev.engram.agent.core.thrown;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * Takes the stacks of the threads that construct throwables, and keeps them for the next beat. The
 * throwable is not asked, because its methods may be the application's. When too many wait, or a
 * thread is here already, none is taken. Thread-safe, without locks.
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
  private final ManyToOneConcurrentArrayQueue<Sample> samples =
      new ManyToOneConcurrentArrayQueue<>(WAITING);

  /** The threads that are here; a throwable that we should construct ourselves finds its own. */
  private final AtomicReferenceArray<Thread> busy = new AtomicReferenceArray<>(PLACES);

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
    Thread thread = Thread.currentThread();
    int place = System.identityHashCode(thread) & (PLACES - 1);
    if (samples.size() >= WAITING || !busy.compareAndSet(place, null, thread)) {
      return;
    }
    try {
      type.taken(weight);
      List<StackFrame> frames = walk.apply(thrown);
      if (!frames.isEmpty()) {
        samples.offer(new Sample(type, weight, frames));
      }
    } finally {
      busy.set(place, null);
    }
  }

  /** Gives away what waits. For one thread at a time. */
  void drain(Consumer<Sample> to) {
    samples.drain(to);
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
