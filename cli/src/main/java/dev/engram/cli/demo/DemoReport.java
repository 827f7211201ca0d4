package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import dev.engram.cli.EngramJar;
import dev.engram.cli.Invocation;
import dev.engram.cli.render.AccountingView;
import dev.engram.cli.render.ErrorGroupView;
import dev.engram.cli.render.RemedyView;
import dev.engram.cli.render.SpanView;
import dev.engram.cli.render.Terminal;
import dev.engram.cli.render.TraceView;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyTransitions;
import dev.engram.collector.query.AccountingReport;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.query.TraceTree;
import dev.engram.collector.server.Home;
import dev.engram.collector.store.SpanRow;
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
    List<JudgedRemedy> remedies = remedies(began);
    books(began);
    next(home, example, errors, remedies);
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
   * The one that called the most different things of those that failed with an exception; without
   * any, the slowest of all.
   */
  private StoredSpan mostInteresting(List<StoredSpan> requests) {
    return requests.stream()
        .max(
            Comparator.comparing((StoredSpan request) -> request.exceptions() > 0)
                .thenComparingLong(this::callsBelow)
                .thenComparingLong(request -> request.row().durationNanos()))
        .orElseThrow(() -> new CommandException("no request was remembered; try: engram status"));
  }

  /**
   * How many different calls hang right below a request that failed; 0 for the others. Waits for a
   * connection, which come by chance, and repeated calls do not count.
   */
  private long callsBelow(StoredSpan request) {
    return request.exceptions() > 0
            && queries.show(SpanIds.hex(request.row().spanId()), invocation.nowEpochNanos())
                instanceof TraceTree trace
        ? trace.roots().stream()
            .flatMap(root -> root.children().stream())
            .map(child -> child.span().row())
            .filter(row -> row.kind().equals("CLIENT"))
            .map(SpanRow::name)
            .distinct()
            .count()
        : 0;
  }

  private void tree(StoredSpan request) {
    if (queries.show(SpanIds.hex(request.row().spanId()), invocation.nowEpochNanos())
        instanceof TraceTree trace) {
      new TraceView(trace, terminal).print(invocation.zone());
    }
  }

  /** What was done about failures during the demo. */
  private List<JudgedRemedy> remedies(long began) {
    List<JudgedRemedy> remedies =
        queries.remedies(invocation.nowEpochNanos()).stream()
            .filter(remedy -> remedy.services().contains(SampleShop.SERVICE))
            .filter(remedy -> remedy.last() >= began)
            .toList();
    if (!remedies.isEmpty()) {
      heading("What was done about failures that pass by themselves");
      RemedyView.table(remedies, terminal, invocation.zone());
    }
    return remedies;
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

  private void next(
      Home home, StoredSpan example, List<ErrorGroup> errors, List<JudgedRemedy> remedies) {
    heading("The memory lies in " + home.folder() + "; ask it");
    ask("what failed", "requests --status error");
    ask("why this request failed", "show " + SpanIds.hex(example.row().spanId()));
    ask("which errors there are", "errors");
    errors.stream()
        .findFirst()
        .ifPresent(error -> ask("all about the most frequent", "show " + error.label()));
    ask(
        "what version " + Deployments.SECOND + " changed",
        "compare --service " + SampleShop.SERVICE);
    ask("what was healed", "remedies");
    remedies.stream()
        .findFirst()
        .ifPresent(it -> ask("on what evidence", "remedies explain " + it.label()));
    ask("how that was decided", "decisions list --name " + RemedyTransitions.NAME);
    ask("whether the router is overconfident", "decisions");
    ask("which node is the bottleneck", "workflows");
    ask("what was spent on which model", "ai");
    ask("which statements take the time", "sql");
    command("your own service", "run" + homeOption + " -- java -jar your-service.jar");
    terminal.out().flush();
  }

  private void ask(String question, String words) {
    command(question, words + homeOption);
  }

  private void command(String question, String words) {
    String padded = String.format("  %-37s", question);
    terminal.out().println(terminal.style().dim(padded) + EngramJar.command() + " " + words);
  }

  private void heading(String text) {
    terminal.out().println();
    terminal.out().println(terminal.style().bold(text));
  }
}
