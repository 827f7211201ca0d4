package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import dev.engram.cli.Invocation;
import dev.engram.collector.analysis.remedy.RemedyState;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends customers to what fails now and then, until a remedy is active and none of them sees it
 * fail any more. For the main thread.
 */
final class HealingWatch {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Enough that some meet a failure. */
  private static final int LOOKS = 12;

  private static final long PAUSE_MILLIS = 200;

  private final Home home;
  private final Invocation invocation;
  private final Traffic traffic;
  private final UnsteadyPrices prices;

  HealingWatch(Home home, Invocation invocation, Traffic traffic, UnsteadyPrices prices) {
    this.home = home;
    this.invocation = invocation;
    this.traffic = traffic;
    this.prices = prices;
  }

  /** Says how it ended; what is remembered says more. */
  void await() {
    invocation.say("its price service answers 503 now and then; waiting until that is healed");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      boolean active = isActive();
      int before = prices.refused();
      int failed = traffic.look(LOOKS);
      int refused = prices.refused() - before;
      if (active && failed == 0 && refused > 0) {
        invocation.say(
            "healed: of the latest "
                + LOOKS
                + " requests none failed, although the price service refused "
                + refused);
        return;
      }
      pause();
    }
    invocation.say("it was not healed in time; see: engram heal, engram remedies");
  }

  private boolean isActive() {
    try (Memory memory = Memory.open(home)) {
      return memory.queries().remedies(invocation.nowEpochNanos()).stream()
          .filter(remedy -> remedy.action().endsWith(prices.authority()))
          .anyMatch(remedy -> remedy.state() == RemedyState.ACTIVE);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while waiting for a remedy", interrupted);
    }
  }
}
