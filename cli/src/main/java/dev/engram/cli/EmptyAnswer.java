package dev.engram.cli;

import dev.engram.cli.render.AccountingView;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.Queries;
import dev.engram.collector.server.Home;
import dev.engram.collector.store.Instance;
import java.util.List;

/** Says why a listing is empty and what to do about it. */
final class EmptyAnswer {
  private EmptyAnswer() {}

  /**
   * Says why.
   *
   * @param what the plural of what was looked for
   */
  static void say(Invocation invocation, String what, RangeOptions asked, Queries queries) {
    List<String> services = queries.instances().stream().map(Instance::service).distinct().toList();
    String service = asked.service();
    if (services.isEmpty() && sayWaiting(invocation, asked, queries)) {
      return;
    }
    if (services.isEmpty()) {
      sayNothing(invocation, asked.home(invocation));
    } else if (service != null && !services.contains(service)) {
      invocation.say("no service " + service + UsageErrors.suggestion(service, services));
    } else if (!asked.narrowing().isEmpty()) {
      invocation.say("no " + what + " match; try a longer --since, or without " + narrowing(asked));
    } else {
      invocation.say("no " + what + " among what is remembered of " + String.join(", ", services));
      sayWaiting(invocation, asked, queries);
    }
  }

  private static String narrowing(RangeOptions asked) {
    List<String> others =
        asked.narrowing().stream()
            .filter(option -> !option.equals("--since") && !option.equals("--until"))
            .toList();
    return others.isEmpty() ? "--service" : String.join(", ", others);
  }

  /** Says that nothing is remembered, and how that begins. */
  static void sayNothing(Invocation invocation, Home home) {
    invocation.say(
        "nothing is remembered yet in "
            + home.folder()
            + "; try: engram demo, or: engram run -- java -jar your-service.jar");
  }

  /** Says how many records no collector has taken yet; false when there are none. */
  static boolean sayWaiting(Invocation invocation, RangeOptions asked, Queries queries) {
    long waiting = AccountingView.waiting(queries.accounting().total());
    if (waiting <= 0) {
      return false;
    }
    invocation.say(
        Units.count(waiting)
            + (waiting == 1 ? " record waits" : " records wait")
            + " to be collected; run: engram collect"
            + asked.homeTypedAgain());
    return true;
  }
}
