package dev.engram.cli;

import dev.engram.cli.render.SimilarView;
import dev.engram.cli.render.SolutionView;
import dev.engram.cli.render.Terminal;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.query.ErrorDetail;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.query.Shown;
import dev.engram.collector.query.SimilarError;
import dev.engram.collector.server.Memory;
import dev.engram.collector.server.PastedTrace;
import dev.engram.collector.store.Instance;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    footer = {
      "",
      "With --json and -o csv, what is known (S-…) follows the groups (E-…).",
      "Such as: engram similar trace.txt",
      "         engram similar E-1f0c"
    })
final class SimilarCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "TRACE",
      description = "A file with a stack trace, - for standard input, or an error group (E-…).")
  private String about = "";

  @Mixin private ListingOptions listing = new ListingOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  SimilarCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * What was found.
   *
   * @param solutions what is known against those, and against the one asked about, best first
   */
  private record Answer(List<SimilarError> errors, List<Solution> solutions) {
    static Answer of(List<SimilarError> errors, List<Solution> own) {
      List<List<Solution>> others = errors.stream().map(SimilarError::solutions).toList();
      return new Answer(errors, Solution.bestOf(own, others));
    }
  }

  @Override
  public Integer call() {
    Range range = listing.range(invocation);
    Function<Queries, Answer> question = question(range, invocation.nowEpochNanos());
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      Answer answer = question.apply(queries);
      if (answer.errors().isEmpty()) {
        EmptyAnswer.say(invocation, "similar errors", listing.rangeOptions(), queries);
      }
      write(new Answer(listing.wanted(answer.errors(), SimilarView::json), answer.solutions));
      invocation.sayIncomplete(queries.losses(range));
      boolean nothing = answer.errors().isEmpty() && answer.solutions().isEmpty();
      return nothing ? listing.exitCodeOfNothing() : 0;
    }
  }

  private void write(Answer answer) {
    Stream<String> errors = answer.errors().stream().map(SimilarView::json);
    Stream<String> solutions = answer.solutions().stream().map(SolutionView::json);
    listing
        .output()
        .write(
            Stream.concat(errors, solutions).toList(),
            Function.identity(),
            (lines, terminal) -> print(answer, terminal),
            invocation.terminal());
  }

  private void print(Answer answer, Terminal terminal) {
    if (!answer.errors().isEmpty()) {
      SimilarView.table(answer.errors(), terminal, invocation.nowEpochNanos());
    }
    SolutionView.below(answer.solutions(), terminal);
  }

  private Function<Queries, Answer> question(Range range, long now) {
    if (ErrorLabel.hexDigits(about).isPresent()) {
      return queries -> {
        ErrorDetail detail = group(queries, now);
        return Answer.of(queries.similar(detail, range, now), detail.solutions());
      };
    }
    String text = TextSource.text(about);
    PastedTrace pasted =
        PastedTrace.of(text, List.of())
            .orElseThrow(() -> new CommandException("no stack trace in " + about));
    return queries ->
        Answer.of(
            queries.similar(pasted.stack(), range, now),
            queries.solutions().against(fingerprints(text, range, queries), pasted.stack()));
  }

  /** Which frames are the application's depends on the service that it may be of. */
  private static Set<Long> fingerprints(String text, Range range, Queries queries) {
    Stream<List<String>> known =
        queries.instances().stream()
            .filter(it -> range.service() == null || range.service().equals(it.service()))
            .map(Instance::appPackages);
    return Stream.concat(Stream.of(List.<String>of()), known)
        .distinct()
        .flatMap(packages -> PastedTrace.of(text, packages).stream())
        .map(PastedTrace::fingerprint)
        .collect(Collectors.toSet());
  }

  private ErrorDetail group(Queries queries, long now) {
    Shown shown = queries.show(about, now);
    if (shown instanceof ErrorDetail detail) {
      return detail;
    }
    throw WrongId.of(command.commandLine(), about, shown);
  }
}
