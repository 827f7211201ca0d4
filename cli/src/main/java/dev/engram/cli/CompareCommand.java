package dev.engram.cli;

import dev.engram.cli.render.ChangeView;
import dev.engram.cli.render.Units;
import dev.engram.collector.analysis.compare.Change;
import dev.engram.collector.query.CompareQueries;
import dev.engram.collector.query.Comparison;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.Instance;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram compare}. */
@Command(
    name = "compare",
    description =
        "Lists what changed beyond noise between two versions of a service, or two times: routes and"
            + " statements that got slower or faster, errors that are new, gone, more or less"
            + " frequent, routes that vanished or appeared.",
    footer = {
      "",
      "Such as: engram compare --service shop",
      "         engram compare --service shop --versions 1.4,1.5",
      "         engram compare --before yesterday..today --after today.."
    })
final class CompareCommand implements Callable<Integer> {
  private record Asked(String beforeName, Range before, String afterName, Range after) {}

  private final Invocation invocation;

  @Option(
      names = "--versions",
      paramLabel = "A,B",
      split = ",",
      description = "Two versions of the service, the earlier first (default: the latest two).")
  private @Nullable List<String> versions;

  @Option(
      names = "--before",
      paramLabel = "FROM..TO",
      description = "Compare this time instead; times as of --since, either may be left out.")
  private @Nullable String before;

  @Option(names = "--after", paramLabel = "FROM..TO", description = "With this time.")
  private @Nullable String after;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  CompareCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofMoments(listing.range(invocation), listing.home(invocation));
    checkOptions();
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      if (queries.instances().isEmpty()) {
        EmptyAnswer.say(invocation, "changes", listing.rangeOptions(), queries);
        return listing.exitCodeOfNothing();
      }
      CompareQueries comparisons = queries.comparisons();
      Asked asked =
          before == null || after == null
              ? versions(range.of(service(range, queries, comparisons)), comparisons)
              : times(range, before, after);
      return answer(
          comparisons.compare(asked.beforeName, asked.before, asked.afterName, asked.after));
    }
  }

  private void checkOptions() {
    if ((before == null) != (after == null)) {
      throw wrong("--before and --after go together");
    }
    if (before != null && versions != null) {
      throw wrong("give two times or two versions, not both");
    }
    if (versions != null && versions.size() != 2) {
      throw wrong("--versions takes two versions, such as 1.4,1.5");
    }
  }

  private Asked times(Range range, String earlier, String later) {
    return new Asked(
        "before",
        listing.rangeOptions().between(range, "--before", earlier, invocation),
        "after",
        listing.rangeOptions().between(range, "--after", later, invocation));
  }

  private Asked versions(Range range, CompareQueries comparisons) {
    String service = Objects.requireNonNull(range.service());
    List<String> known = comparisons.versions(service);
    List<String> two = versions == null ? latest(service, known) : versions;
    for (String version : two) {
      if (!known.contains(version)) {
        throw new CommandException(
            "no version " + version + " of " + service + UsageErrors.suggestion(version, known));
      }
    }
    return new Asked(
        "version " + two.get(0),
        comparisons.ofVersion(range, two.get(0)),
        "version " + two.get(1),
        comparisons.ofVersion(range, two.get(1)));
  }

  private static String service(Range range, Queries queries, CompareQueries comparisons) {
    List<String> services =
        queries.instances().stream().map(Instance::service).distinct().sorted().toList();
    String asked = range.service();
    if (asked == null) {
      return onlyOne(services, comparisons);
    }
    if (!services.contains(asked)) {
      throw new CommandException("no service " + asked + UsageErrors.suggestion(asked, services));
    }
    return asked;
  }

  /** What people and the collector tell has no versions: nobody means that. */
  private static String onlyOne(List<String> services, CompareQueries comparisons) {
    List<String> deployed =
        services.stream().filter(it -> !comparisons.versions(it).isEmpty()).toList();
    List<String> meant = deployed.isEmpty() ? services : deployed;
    if (meant.size() > 1) {
      throw new CommandException(
          "say of which service with --service: " + String.join(", ", meant));
    }
    return meant.get(0);
  }

  /** The earlier of the two first. */
  private static List<String> latest(String service, List<String> known) {
    if (known.size() < 2) {
      throw new CommandException(
          (known.isEmpty() ? "no version" : "only version " + known.get(0))
              + " of "
              + service
              + " is remembered; name versions with engram.service.version, or compare times with"
              + " --before and --after");
    }
    return List.of(known.get(1), known.get(0));
  }

  private int answer(Comparison comparison) {
    List<Change> wanted = listing.wanted(comparison.changes(), ChangeView::json);
    if (!wanted.isEmpty()) {
      listing.output().write(wanted, ChangeView::json, ChangeView::table, invocation.terminal());
    }
    invocation.say(
        (wanted.isEmpty() ? "nothing changed beyond noise: " : "compared ")
            + part(comparison.before())
            + " with "
            + part(comparison.after())
            + "; routes and statements with enough executions in both: "
            + Units.count(comparison.compared()));
    invocation.sayIncomplete(comparison.losses());
    return wanted.isEmpty() ? listing.exitCodeOfNothing() : 0;
  }

  private static String part(Comparison.Part part) {
    return part.name() + " (" + Units.count(part.requests()) + " requests)";
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
