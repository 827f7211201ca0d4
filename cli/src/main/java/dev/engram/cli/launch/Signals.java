package dev.engram.cli.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Takes the signals that end a program, for as long as it is open. The action runs on a thread of
 * the JVM.
 */
public final class Signals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final List<Runnable> restorers = new ArrayList<>();

  private Signals() {}

  /**
   * Takes them.
   *
   * @param action gets the signal's name without SIG
   */
  public static Signals take(Consumer<String> action) {
    Signals signals = new Signals();
    for (String name : NAMES) {
      signals.take(name, action);
    }
    return signals;
  }

  private void take(String name, Consumer<String> action) {
    try {
      Signal signal = new Signal(name);
      SignalHandler before = Signal.handle(signal, received -> action.accept(name));
      restorers.add(() -> Signal.handle(signal, before));
    } catch (IllegalArgumentException taken) {
      // The JVM keeps it for itself (-Xrs); then it acts as it always does.
    }
  }

  /** Gives them back to whoever had them. */
  @Override
  public void close() {
    restorers.forEach(Runnable::run);
    restorers.clear();
  }
}
