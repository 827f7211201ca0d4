package dev.engram.agent.instrumentation.throwables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.thrown.ThrowCounts;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.ThrowCountRecord;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThrowablesTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ThrowCounts counts =
      new ThrowCounts(
          InAppFrames.of(List.of(ThrowablesTest.class.getPackageName())),
          TimeUnit.HOURS.toNanos(1));

  private static class Plain extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static final class Light extends Exception {
    private static final long serialVersionUID = 1L;

    Light() {
      super("steers", null, false, false);
    }
  }

  /** Does everything wrong that a throwable can. */
  private static final class Hostile extends Plain {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable fillInStackTrace() {
      new Plain();
      return super.fillInStackTrace();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("hostile");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("hostile");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("hostile");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("hostile");
    }
  }

  private static final class Talking extends Exception {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      new Plain().printStackTrace();
      return "talking";
    }
  }

  @BeforeEach
  void count() {
    ThrowCounts.start(counts);
    ThrowCounts.switchTo(true);
  }

  @AfterEach
  void countNoMore() {
    ThrowCounts.switchTo(false);
  }

  @Test
  void swallowedException_isCountedAtTheFrameOfTheApplication() {
    for (int i = 0; i < 10; i++) {
      parse();
    }
    counts.tell();

    assertThat(ofType(NumberFormatException.class)).isEqualTo(10);
    assertThat(sites(NumberFormatException.class))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.count()).isEqualTo(10);
              assertThat(it.site())
                  .matches(".*ThrowablesTest\\.parse\\(ThrowablesTest.java:\\d+\\)");
              assertThat(it.thrown().frames().get(0).methodName()).isEqualTo("forInputString");
              assertThat(it.thrown().frames()).extracting(StackFrame::methodName).contains("parse");
            });
  }

  @Test
  void manyThreads_areCountedExactly() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 2_000; n++) {
                  swallow(new Plain());
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    counts.tell();

    assertThat(ofType(Plain.class)).isEqualTo(32_000);
    assertThat(sites(Plain.class))
        .singleElement()
        .matches(it -> it.low() <= 32_000 && it.high() >= 32_000);
  }

  @Test
  void stack_isSentOnce() {
    for (int i = 0; i < 2; i++) {
      parse();
      counts.tell();
    }

    assertThat(sites(NumberFormatException.class))
        .extracting(it -> it.thrown().frames().isEmpty())
        .containsExactly(false, true);
    assertThat(sites(NumberFormatException.class))
        .extracting(it -> it.thrown().stackHash())
        .doesNotContain(0L);
  }

  @Test
  void throwableWithoutAStack_isCountedWithoutASite() {
    for (int i = 0; i < 10; i++) {
      swallow(new Light());
    }
    counts.tell();

    assertThat(ofType(Light.class)).isEqualTo(10);
    assertThat(sites(Light.class)).isEmpty();
  }

  @Test
  void hostileThrowable_isNotAsked() {
    new Hostile();
    counts.tell();

    assertThat(ofType(Hostile.class)).isEqualTo(1);
    assertThat(ofType(Plain.class)).isEqualTo(1);
    assertThat(ofType(IllegalStateException.class)).isZero();
  }

  /** At the end of the stack a count may be lost; afterwards none is. */
  @Test
  void exhaustedStack_harmsNothing() {
    for (int i = 0; i < 5; i++) {
      try {
        descend(new int[] {50});
      } catch (StackOverflowError expected) {
        // The application's own.
      }
    }
    counts.tell();
    assertThat(ofType(Plain.class)).isPositive();

    long before = ofType(Plain.class);
    swallow(new Plain());
    swallow(new OutOfMemoryError("as an application may throw it"));
    counts.tell();
    assertThat(ofType(Plain.class)).isEqualTo(before + 1);
    assertThat(ofType(OutOfMemoryError.class)).isEqualTo(1);
  }

  @Test
  void printedException_isLogged_unlessItIsGivenAStream() {
    PrintStream before = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    try {
      new Plain().printStackTrace();
      new IllegalArgumentException("to a stream").printStackTrace(System.err);
      run.without("throwables", () -> new IllegalStateException("off").printStackTrace());
    } finally {
      System.setErr(before);
    }

    assertThat(run.all(ExceptionRecord.class))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.thrown().type()).isEqualTo(Plain.class.getName());
              assertThat(it.origin()).isEqualTo(ExceptionOrigin.LOGGED);
              assertThat(it.site()).isEqualTo("java.lang.Throwable#printStackTrace");
            });
  }

  /** What is printed prints what it was made of, and so on. */
  @Test
  void exceptionThatIsPrintedWhileOneIs_isLoggedToo() {
    PrintStream before = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    try {
      new Talking().printStackTrace();
    } finally {
      System.setErr(before);
    }

    assertThat(run.all(ExceptionRecord.class))
        .extracting(it -> it.thrown().type())
        .containsExactly(Talking.class.getName(), Plain.class.getName());
  }

  @Test
  void switchedOff_countsNothing() {
    run.without(
        "throwables",
        () -> {
          for (int i = 0; i < 10; i++) {
            parse();
          }
        });
    parse();
    counts.tell();

    assertThat(ofType(NumberFormatException.class)).isEqualTo(1);
  }

  private static void parse() {
    try {
      Integer.parseInt("no number");
    } catch (NumberFormatException swallowed) {
      // That is what is counted.
    }
  }

  private static void swallow(Throwable thrown) {
    try {
      throw thrown;
    } catch (Throwable swallowed) {
      // As above.
    }
  }

  /** Throws where the stack ends, so often: each stack is long, and takes its time to fill. */
  private static void descend(int[] throwsLeft) {
    try {
      descend(throwsLeft);
    } catch (StackOverflowError end) {
      if (throwsLeft[0]-- > 0) {
        swallow(new Plain());
      }
      throw end;
    }
  }

  private long ofType(Class<?> type) {
    return records(type).filter(it -> it.site() == null).mapToLong(ThrowCountRecord::count).sum();
  }

  private List<ThrowCountRecord> sites(Class<?> type) {
    return records(type).filter(it -> it.site() != null).toList();
  }

  private Stream<ThrowCountRecord> records(Class<?> type) {
    return run.all(ThrowCountRecord.class).filter(it -> it.thrown().type().equals(type.getName()));
  }
}
