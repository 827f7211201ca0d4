package dev.engram.cli;

import dev.engram.cli.render.AccountingView;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.Queries;
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
  static void say(Invocation invocation, String what, ListingOptions listing, Queries queries) {
    List<String> services = queries.instances().stream().map(Instance::service).distinct().toList();
    String service = listing.range(invocation).service();
    if (services.isEmpty() && sayWaiting(invocation, listing, queries)) {
      return;
    }
    if (services.isEmpty()) {
      invocation.say(
          "nothing is remembered yet in "
              + listing.home(invocation).folder()
              + "; try: engram demo, or: engram run -- java -jar your-service.jar");
    } else if (service != null && !services.contains(service)) {
      invocation.say("no service " + service + UsageErrors.suggestion(service, services));
    } else if (!listing.narrowing().isEmpty()) {
      invocation.say(
          "no " + what + " match; try a longer --since, or without " + narrowing(listing));
    } else {
      invocation.say("no " + what + " among what is remembered of " + String.join(", ", services));
      sayWaiting(invocation, listing, queries);
    }
  }

  private static String narrowing(ListingOptions listing) {
    List<String> others =
        listing.narrowing().stream()
            .filter(option -> !option.equals("--since") && !option.equals("--until"))
            .toList();
    return others.isEmpty() ? "--service" : String.join(", ", others);
  }

  /** Says how many records no collector has taken yet; false when there are none. */
  static boolean sayWaiting(Invocation invocation, ListingOptions listing, Queries queries) {
    long waiting = AccountingView.waiting(queries.accounting().total());
    if (waiting <= 0) {
      return false;
    }
    invocation.say(
        Units.count(waiting)
            + (waiting == 1 ? " record waits" : " records wait")
            + " to be collected; run: engram collect"
            + listing.homeTypedAgain());
    return true;
  }
}
