package dev.engram.cli;

import dev.engram.cli.render.SpanView;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram tail}. */
@Command(
    name = "tail",
    description = "Shows the newest requests, then every further one as it ends.")
final class TailCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 250;

  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private StatusOption status = new StatusOption();

  TailCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    Range range = listing.range(invocation);
    String wanted = status.status();
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      long cursor = print(newest(queries, range, wanted), 0);
      if (cursor == 0) {
        invocation.say("no requests yet; waiting (Ctrl-C ends this)");
      }
      while (!invocation.terminal().isClosed()) {
        List<StoredSpan> arrived =
            cursor == 0 ? newest(queries, range, wanted) : queries.arrived(range, wanted, cursor);
        cursor = print(arrived, cursor);
        if (arrived.isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
      }
    }
    return 0;
  }

  /** The newest ended requests in the order they arrived. */
  private static List<StoredSpan> newest(Queries queries, Range range, @Nullable String wanted) {
    return queries.ended(range, wanted).stream()
        .sorted(Comparator.comparingLong(StoredSpan::arrival))
        .toList();
  }

  private long print(List<StoredSpan> requests, long cursor) {
    long last = cursor;
    for (StoredSpan request : requests) {
      invocation
          .terminal()
          .out()
          .println(
              listing.json()
                  ? SpanView.json(request)
                  : SpanView.line(request, invocation.terminal().style(), invocation.zone()));
      last = Math.max(last, request.arrival());
    }
    return last;
  }
}
