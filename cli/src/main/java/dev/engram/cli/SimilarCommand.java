package dev.engram.cli;

import dev.engram.cli.render.SimilarView;
import dev.engram.cli.render.SolutionView;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.query.ErrorDetail;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.query.Shown;
import dev.engram.collector.query.SimilarError;
import dev.engram.collector.server.PastedTrace;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram similar}. */
@Command(
    name = "similar",
    description =
        "Lists the error groups most like a stack trace, also one from the log of another system,"
            + " or like another error group; and what is known against them.",
    footer = {"", "Such as: engram similar trace.txt", "         engram similar E-1f0c"})
final class SimilarCommand implements Callable<Integer> {
  private final Invocation invocation;

  private List<Solution> solutions = List.of();

  @Parameters(
      paramLabel = "TRACE",
      description = "A file with a stack trace, - for standard input, or an error group (E-…).")
  private String about = "";

  @Mixin private ListingOptions listing = new ListingOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  SimilarCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = listing.range(invocation);
    long now = invocation.nowEpochNanos();
    int code =
        new Listing<>(
                "similar errors",
                SimilarView::json,
                (similar, terminal) -> SimilarView.table(similar, terminal, now))
            .answer(invocation, listing, range, question(range, now));
    if (!listing.output().json() && !listing.output().csv()) {
      SolutionView.below(solutions, invocation.terminal());
    }
    return code;
  }

  private Function<Queries, List<SimilarError>> question(Range range, long now) {
    if (ErrorLabel.hexDigits(about).isPresent()) {
      return queries -> {
        ErrorDetail detail = group(queries, now);
        return found(queries.similar(detail, range, now), detail.solutions());
      };
    }
    PastedTrace pasted =
        PastedTrace.of(TextSource.text(about), List.of())
            .orElseThrow(() -> new CommandException("no stack trace in " + about));
    return queries ->
        found(
            queries.similar(pasted.stack(), range, now),
            queries.solutions().against(pasted.fingerprint(), pasted.stack()));
  }

  /** Notes what is known against the errors found, and against the one asked about. */
  private List<SimilarError> found(List<SimilarError> similar, List<Solution> own) {
    solutions = Solution.bestOf(own, similar.stream().map(SimilarError::solutions).toList());
    return similar;
  }

  private ErrorDetail group(Queries queries, long now) {
    Shown shown = queries.show(about, now);
    if (shown instanceof ErrorDetail detail) {
      return detail;
    }
    throw WrongId.of(command.commandLine(), about, shown);
  }
}
