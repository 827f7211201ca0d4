package dev.engram.cli;

import dev.engram.cli.render.SpanView;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram tail}. */
@Command(
    name = "tail",
    description = "Shows the newest requests, then every further one as it ends, until Ctrl-C.",
    footer = {
      "",
      "To go on later where it was left, such as in a script:",
      "  engram tail --json --after 4711"
    })
final class TailCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 250;
  private static final long LOSS_POLL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Invocation invocation;
  private final LossWatch losses = new LossWatch();
  private boolean shown;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most of the newest, and most at a time after (default ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private int limit;

  @Option(
      names = {"-f", "--follow"},
      description = "Nothing: tail follows anyway.")
  @SuppressWarnings("unused")
  private boolean follow;

  @Option(
      names = "--after",
      paramLabel = "ARRIVAL",
      description =
          "Only what came after this one: the 'arrival' of the last request seen, in the JSON.")
  private long after;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private RangeOptions asked = new RangeOptions();
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private StatusOption status = new StatusOption();
  @Spec private CommandSpec command = CommandSpec.create();

  TailCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    output.check(command.commandLine());
    if (output.csv()) {
      throw new ParameterException(command.commandLine(), "tail has no end: it takes no -o csv");
    }
    UsageErrors.requireFromOne(command.commandLine(), "--limit", limit);
    Range range = request.ofRequests(asked.range(limit, invocation), asked.home(invocation));
    String wanted = status.status();
    long cursor = begin(range, wanted);
    if (!shown && (after <= 0 || cursor == 0)) {
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
    try (Memory memory = Memory.open(asked.home(invocation))) {
      EmptyAnswer.sayWaiting(invocation, asked, memory.queries());
    }
    invocation.say("no requests yet; waiting (Ctrl-C ends this)");
  }

  /** Opens the memory each time: while it is empty, there may be no database to follow. */
  private long begin(Range range, @Nullable String wanted) {
    try (Memory memory = Memory.open(asked.home(invocation))) {
      long there = anyArrival(memory.queries());
      if (after > 0 && there > 0) {
        return goOn(memory.queries(), range, there);
      }
      List<StoredSpan> newest = newest(memory.queries(), range, wanted);
      long cursor = print(newest, newest.isEmpty() ? there : 0);
      sayIncomplete(memory.queries(), RequestsCommand.covered(range, newest));
      return cursor;
    }
  }

  /** Where to go on behind the arrival that was asked for, with what was lost since. */
  private long goOn(Queries queries, Range range, long there) {
    Optional<StoredSpan> next =
        queries.arrived(new Range(0, null, 1), null, Math.max(1, after - 1)).stream().findFirst();
    if (next.isEmpty()) {
      invocation.say(
          "nothing has arrived as late as "
              + after
              + ": is this another memory, or an earlier state of it? What comes from now on"
              + " follows");
      return there;
    }
    long since = next.get().row().startEpochNanos();
    sayIncomplete(queries, range.since(Math.max(range.sinceEpochNanos(), since)));
    return after;
  }

  private void follow(Range range, @Nullable String wanted, long from) throws InterruptedException {
    long cursor = from;
    long told = invocation.nowEpochNanos();
    Range ahead = range.since(Math.max(range.sinceEpochNanos(), told));
    try (Memory memory = Memory.open(asked.home(invocation))) {
      while (!invocation.terminal().isClosed()) {
        long there = anyArrival(memory.queries());
        List<StoredSpan> arrived = memory.queries().arrived(range, wanted, cursor);
        cursor = print(arrived, arrived.isEmpty() ? Math.max(cursor, there) : cursor);
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

  /**
   * The arrival of some late request, 0 where there is none. When nothing that arrived is wanted,
   * following goes on behind this, and does not look at all of that again; it must be asked for
   * before, so that none is passed over.
   */
  private static long anyArrival(Queries queries) {
    return queries.ended(new Range(0, null, 1), null).stream()
        .mapToLong(StoredSpan::arrival)
        .findFirst()
        .orElse(0);
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
    if (!shown && !requests.isEmpty() && !output.json()) {
      invocation.terminal().out().println(SpanView.lineHeading(invocation.terminal().style()));
    }
    shown |= !requests.isEmpty();
    long last = cursor;
    for (StoredSpan request : requests) {
      invocation
          .terminal()
          .out()
          .println(
              output.json()
                  ? SpanView.followed(request)
                  : SpanView.line(request, invocation.terminal().style(), invocation.zone()));
      last = Math.max(last, request.arrival());
    }
    return last;
  }
}
