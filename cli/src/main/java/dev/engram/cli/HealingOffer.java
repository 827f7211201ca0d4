package dev.engram.cli;

import dev.engram.cli.render.Units;
import dev.engram.collector.query.HealableRequests;
import dev.engram.collector.query.Queries;

/** Says how many failed requests of the last day would have been tried again. */
public final class HealingOffer {
  private HealingOffer() {}

  /** One line; none when there are none. */
  public static void say(Invocation invocation, Queries queries) {
    queries.healable(invocation.nowEpochNanos()).map(HealingOffer::line).ifPresent(invocation::say);
  }

  private static String line(HealableRequests requests) {
    return "of "
        + Units.count(requests.failed())
        + (requests.failed() == 1 ? " request that" : " requests that")
        + " failed in the last 24 hours "
        + (requests.isAll() ? "" : "at least ")
        + Units.count(requests.healable())
        + " would have been tried again; to have that done: engram heal on";
  }
}
