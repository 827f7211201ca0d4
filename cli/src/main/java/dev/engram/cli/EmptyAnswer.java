package dev.engram.cli;

import dev.engram.collector.query.Queries;
import dev.engram.collector.store.Instance;
import java.util.List;

/** Says why a listing is empty and what to do about it. */
final class EmptyAnswer {
  private EmptyAnswer() {}

  /**
   * @param what the plural of what was looked for
   */
  static void say(Invocation invocation, String what, ListingOptions listing, Queries queries) {
    List<String> services = queries.instances().stream().map(Instance::service).distinct().toList();
    String service = listing.range(invocation).service();
    if (services.isEmpty()) {
      invocation.say(
          "nothing is remembered yet in "
              + listing.home(invocation).folder()
              + "; try: engram demo, or: engram run -- java -jar your-service.jar");
    } else if (service != null && !services.contains(service)) {
      invocation.say("no service " + service + UsageErrors.suggestion(service, services));
    } else if (listing.narrowed()) {
      invocation.say("no " + what + " match; try a longer --since, or without --service");
    } else {
      invocation.say("no " + what + " remembered; is a collector running? (engram status)");
    }
  }
}
