package dev.engram.agent.core.thrown;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.instrument.DispatchClass;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.StackFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts every throwable that is constructed, and remembers those that are printed: that is how
 * they are logged where nobody logs. {@link #accept} runs in Throwable's constructors on
 * application threads: it locks nothing, runs no code of the application, and allocates only for
 * the few stacks that are taken. The rest is for the writer thread and the one that stops it.
 */
public final class ThrowCounts implements ObjIntConsumer<Throwable> {
  /** Where the counts of a period go. */
  interface Target {
    /**
     * Takes one count.
     *
     * @param site null for that of the whole type
     * @return false when it was not taken, and is to be offered again
     */
    boolean put(
        String type,
        @Nullable String site,
        long periodNanos,
        long count,
        long low,
        long high,
        List<StackFrame> frames);
  }

  /** Threads of the agent, whose throwables are not the service's. */
  private static final String OURS = "engram-";

  /**
   * So many frames the JVM fills in at most, unless told otherwise: how many there are, and so how
   * far the end of the stack is, is not known. A walk should not reach it.
   */
  private static final int DEEP = 1_024;

  /** Stands for a depth where a throwable is printed. */
  private static final int PRINTED = -1;

  private static final String PRINTED_AT = "java.lang.Throwable#printStackTrace";

  /** Sites told in a beat, so that many at once do not take the place of all else. */
  private static final int SITES_A_BEAT = 200;

  /** As many as an advice class may have. */
  private static final int FAILURES = 10;

  /** Guarded by the class, as the two below. */
  private static @Nullable ThrowCounts live;

  private static boolean enabled;
  private static boolean capturing = true;

  private final AtomicInteger failures = new AtomicInteger();

  /** The class of the failure that was one too many; what it takes to stop is left to a beat. */
  private volatile @Nullable String lastFailure;

  private final TypeCounts types = new TypeCounts();
  private final StackSamples samples;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final Target target;

  /** How many of a type were told so far; guarded by this, as all below. */
  private final Map<TypeCount, Long> told = new HashMap<>();

  private final TypeSites sites;
  private long toldAt;
  private boolean hasSaidItFailed;

  private record Counted(long constructed, long placeless) {}

  /**
   * Counts that {@link Capture} remembers.
   *
   * @param intervalNanos between two records of a type
   */
  public ThrowCounts(InAppFrames inApp, long intervalNanos) {
    this(inApp, intervalNanos, new StackSamples(), System::nanoTime, Capture::throwCount);
  }

  ThrowCounts(
      InAppFrames inApp,
      long intervalNanos,
      StackSamples samples,
      LongSupplier nanoTime,
      Target target) {
    sites = new TypeSites(inApp);
    this.samples = samples;
    this.intervalNanos = intervalNanos;
    this.nanoTime = nanoTime;
    this.target = target;
    toldAt = nanoTime.getAsLong();
  }

  /** Makes these the ones that are switched. */
  public static synchronized void start(ThrowCounts counts) {
    prepare();
    live = counts;
  }

  /** From now on throwables are counted, or are not, as far as anything is captured. */
  public static synchronized void switchTo(boolean on) {
    enabled = on;
    follow();
  }

  /**
   * Whether anything is captured at all. Without it no stack waits for a beat that may not come.
   */
  public static synchronized void capture(boolean on) {
    capturing = on;
    follow();
  }

  private static void follow() {
    ThrowCounts counts = live;
    if (counts != null) {
      boolean on = enabled && capturing && counts.lastFailure == null;
      DispatchClass.tell(on ? counts : null);
      if (!on) {
        counts.forgetSamples();
      }
    }
  }

  private synchronized void forgetSamples() {
    samples.drain(forgotten -> {});
  }

  /**
   * Uses every class once that {@link #accept} will need: a class that is loaded in Throwable's
   * constructor may throw while it is, and so come back to it.
   */
  private static void prepare() {
    ThrowCounts counts =
        new ThrowCounts(
            InAppFrames.of(List.of()),
            0,
            new StackSamples(),
            System::nanoTime,
            (type, site, period, count, low, high, frames) -> true);
    for (int i = 0; i < 20; i++) {
      counts.accept(new Exception("to load classes"), 1);
    }
    counts.tell();
  }

  @Override
  public void accept(Throwable thrown, int depth) {
    try {
      if (isOurs(Thread.currentThread().getName())) {
        return;
      }
      if (depth == PRINTED) {
        Tracing.exception(thrown, ExceptionOrigin.LOGGED, PRINTED_AT);
      } else {
        count(thrown, depth);
      }
    } catch (RuntimeException | LinkageError failure) {
      failed(failure);
    }
  }

  /** A thread that is being attached to the JVM has no name yet. */
  private static boolean isOurs(@Nullable String threadName) {
    return threadName != null && threadName.startsWith(OURS);
  }

  private void count(Throwable thrown, int depth) {
    TypeCount type = types.of(thrown.getClass());
    int weight = type.add(hasPlace(depth));
    if (weight > 0) {
      samples.take(type, weight, thrown);
    }
  }

  /** Those without a stack cost little, and are thrown to steer, not to report. */
  private static boolean hasPlace(int depth) {
    return depth > 0 && depth < DEEP;
  }

  /** Takes no lock: the writer thread may hold ours for as long as it tells. */
  private void failed(Throwable failure) {
    Tracing.failed();
    if (failures.incrementAndGet() >= FAILURES) {
      lastFailure = failure.getClass().getName();
      DispatchClass.tell(null);
    }
  }

  /** Called about once a second. */
  public synchronized void beat() {
    sayThatItFailed();
    if (nanoTime.getAsLong() - toldAt >= intervalNanos) {
      tellTypes();
    } else {
      samples.drain(sites::add);
    }
    sites.tell(target, SITES_A_BEAT);
    types.all().forEach(TypeCount::beat);
  }

  private void sayThatItFailed() {
    String last = lastFailure;
    if (last != null && !hasSaidItFailed) {
      hasSaidItFailed = true;
      AgentLog.line(
          "counting throwables failed "
              + FAILURES
              + " times and is off until the next start, the service runs on; last: "
              + last);
    }
  }

  /** Tells all that has not been told, as before the end. */
  public synchronized void tell() {
    sites.tell(target, Integer.MAX_VALUE);
    tellTypes();
    sites.tell(target, Integer.MAX_VALUE);
  }

  private void tellTypes() {
    long now = nanoTime.getAsLong();
    long period = now - toldAt;
    toldAt = now;
    Map<TypeCount, Counted> counted = new HashMap<>();
    // The counts first: a sample must not be there before it is counted.
    types.all().forEach(type -> counted.put(type, counted(type)));
    samples.drain(sites::add);
    counted.forEach((type, count) -> tell(type, count, period));
  }

  private static Counted counted(TypeCount type) {
    long placeless = type.placeless();
    return new Counted(type.constructed(), placeless);
  }

  private void tell(TypeCount type, Counted count, long period) {
    long constructed = count.constructed() - told.getOrDefault(type, 0L);
    if (constructed == 0
        || target.put(
            type.name(), null, period, constructed, constructed, constructed, List.of())) {
      told.put(type, count.constructed());
      sites.share(type, count.constructed() - count.placeless(), period);
    }
  }
}
