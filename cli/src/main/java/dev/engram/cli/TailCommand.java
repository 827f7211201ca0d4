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
  private static final long LOSS_POLL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Invocation invocation;
  private final LossWatch losses = new LossWatch();

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private StatusOption status = new StatusOption();

  TailCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    Range range = listing.range(invocation);
    String wanted = status.status();
    long cursor = begin(range, wanted);
    if (cursor == 0) {
      sayWaiting();
    }
    while (cursor == 0 && !invocation.terminal().isClosed()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      cursor = begin(range, wanted);
    }
    follow(range, wanted, cursor);
    return 0;
  }

  private void sayWaiting() {
    try (Memory memory = Memory.open(listing.home(invocation))) {
      EmptyAnswer.sayWaiting(invocation, listing, memory.queries());
    }
    invocation.say("no requests yet; waiting (Ctrl-C ends this)");
  }

  /** Opens the memory each time: while it is empty, there may be no database to follow. */
  private long begin(Range range, @Nullable String wanted) {
    try (Memory memory = Memory.open(listing.home(invocation))) {
      List<StoredSpan> newest = newest(memory.queries(), range, wanted);
      long cursor = print(newest, 0);
      sayIncomplete(memory.queries(), RequestsCommand.covered(range, newest));
      return cursor;
    }
  }

  private void follow(Range range, @Nullable String wanted, long from) throws InterruptedException {
    long cursor = from;
    long told = invocation.nowEpochNanos();
    Range ahead = range.since(Math.max(range.sinceEpochNanos(), told));
    try (Memory memory = Memory.open(listing.home(invocation))) {
      while (!invocation.terminal().isClosed()) {
        List<StoredSpan> arrived = memory.queries().arrived(range, wanted, cursor);
        cursor = print(arrived, cursor);
        if (invocation.nowEpochNanos() - told >= LOSS_POLL_NANOS) {
          told = invocation.nowEpochNanos();
          sayIncomplete(memory.queries(), ahead);
        }
        if (arrived.isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
      }
    }
  }

  private void sayIncomplete(Queries queries, Range range) {
    invocation.sayIncomplete(losses.fresh(queries.losses(range)));
  }

  /** The newest ended requests in the order they arrived. */
  private static List<StoredSpan> newest(Queries queries, Range range, @Nullable String wanted) {
    return queries.ended(range, wanted).stream()
        .sorted(Comparator.comparingLong(StoredSpan::arrival))
        .toList();
  }

  private long print(List<StoredSpan> requests, long cursor) {
    if (cursor == 0 && !requests.isEmpty() && !listing.json()) {
      invocation.terminal().out().println(SpanView.lineHeading(invocation.terminal().style()));
    }
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
