package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import dev.engram.cli.EngramJar;
import dev.engram.cli.Invocation;
import dev.engram.cli.render.AccountingView;
import dev.engram.cli.render.ErrorGroupView;
import dev.engram.cli.render.SpanView;
import dev.engram.cli.render.Terminal;
import dev.engram.cli.render.TraceView;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.query.AccountingReport;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.query.TraceTree;
import dev.engram.collector.server.Home;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the demo shows at its end: the same answers the other commands give. */
final class DemoReport {
  private static final int SHOWN_REQUESTS = 12;
  private static final int ALL = 10_000;

  private final Queries queries;
  private final Invocation invocation;
  private final Terminal terminal;
  private final String homeOption;

  DemoReport(Queries queries, Invocation invocation, String homeOption) {
    this.queries = queries;
    this.invocation = invocation;
    this.terminal = invocation.terminal();
    this.homeOption = homeOption;
  }

  /**
   * @param began when the demo began
   * @param sent requests that were answered
   */
  void print(Home home, long began, int sent) {
    Range range = new Range(began, SampleShop.SERVICE, ALL);
    List<StoredSpan> requests = queries.requests(range, null, 0);
    if (requests.size() < sent) {
      throw new CommandException(
          "only "
              + requests.size()
              + " of "
              + sent
              + " requests were remembered; try: engram status");
    }
    requests(requests);
    List<ErrorGroup> errors = queries.errors(range, invocation.nowEpochNanos());
    heading("Errors, most frequent first");
    ErrorGroupView.table(errors, terminal, began, invocation.nowEpochNanos());
    StoredSpan example = mostInteresting(requests);
    heading("One request as a tree");
    tree(example);
    books(began);
    next(home, example, errors);
  }

  private void requests(List<StoredSpan> requests) {
    heading(
        "Requests, newest first ("
            + SHOWN_REQUESTS
            + " of "
            + requests.size()
            + ", with the readiness probe)");
    SpanView.table(
        requests.subList(0, Math.min(SHOWN_REQUESTS, requests.size())),
        terminal,
        invocation.zone());
  }

  /**
   * The one with the most below it of those that failed with an exception; without any, the slowest
   * of all.
   */
  private StoredSpan mostInteresting(List<StoredSpan> requests) {
    return requests.stream()
        .max(
            Comparator.comparing((StoredSpan request) -> request.exceptions() > 0)
                .thenComparingInt(this::spansBelow)
                .thenComparingLong(request -> request.row().durationNanos()))
        .orElseThrow(() -> new CommandException("no request was remembered; try: engram status"));
  }

  /** How many spans hang right below a request that failed; 0 for the others. */
  private int spansBelow(StoredSpan request) {
    return request.exceptions() > 0
            && queries.show(SpanIds.hex(request.row().spanId()), invocation.nowEpochNanos())
                instanceof TraceTree trace
        ? trace.roots().stream().mapToInt(root -> root.children().size()).sum()
        : 0;
  }

  private void tree(StoredSpan request) {
    if (queries.show(SpanIds.hex(request.row().spanId()), invocation.nowEpochNanos())
        instanceof TraceTree trace) {
      new TraceView(trace, terminal).print(invocation.zone());
    }
  }

  private void books(long began) {
    AccountingReport report = queries.accounting().of(began, SampleShop.SERVICE);
    heading("The books: nothing is lost silently");
    AccountingView.sums(report.total()).forEach(terminal.out()::println);
    List<String> wrong =
        Stream.concat(report.impossible().stream(), report.unsettled().stream()).toList();
    if (!wrong.isEmpty()) {
      throw new CommandException("the books do not hold: " + String.join("; ", wrong));
    }
  }

  private void next(Home home, StoredSpan example, List<ErrorGroup> errors) {
    heading("The memory lies in " + home.folder() + "; next");
    command("requests --status error");
    command("show " + SpanIds.hex(example.row().spanId()));
    errors.stream().findFirst().ifPresent(error -> command("show " + error.label()));
    command("sql");
    command("ai");
    command("workflows");
    command("decisions");
    terminal
        .out()
        .println(
            "  " + EngramJar.command() + " run" + homeOption + " -- java -jar your-service.jar");
    terminal.out().flush();
  }

  private void command(String words) {
    terminal.out().println("  " + EngramJar.command() + " " + words + homeOption);
  }

  private void heading(String text) {
    terminal.out().println();
    terminal.out().println(terminal.style().bold(text));
  }
}
