package dev.engram.cli;

import dev.engram.cli.render.ExportFormat;
import dev.engram.cli.render.ExportPages;
import dev.engram.collector.query.Export;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.StoredSpan;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram export}. */
@Command(
    name = "export",
    description =
        "Writes all spans, or all exceptions, to standard output, in the order they came.",
    footer = {
      "",
      "Without --limit it writes all. otlp-json is a file of OpenTelemetry's protocol: one object a"
          + " line, with exceptions as events of their spans. parquet is a file of Apache Parquet"
          + " with the columns of csv:",
      "  engram export --format parquet > spans.parquet"
    })
final class ExportCommand implements Callable<Integer> {
  private static final List<String> KINDS = List.of("spans", "errors");
  private static final List<String> FORMATS =
      Arrays.stream(ExportFormat.values()).map(ExportFormat::text).toList();

  private final Invocation invocation;

  @Parameters(
      paramLabel = "WHAT",
      arity = "0..1",
      description = "spans or errors (default ${DEFAULT-VALUE}).",
      defaultValue = "spans")
  private String what = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "jsonl, csv, parquet or otlp-json (default ${DEFAULT-VALUE}).",
      defaultValue = "jsonl")
  private String format = "";

  @Option(
      names = "--payloads",
      description = "With the bodies, prompts and answers of each span, whole; as jsonl alone.")
  private boolean payloads;

  @Option(names = "--limit", paramLabel = "N", description = "Most entries (default: all).")
  private int limit = Integer.MAX_VALUE;

  @Mixin private ExitStatusOption exitStatus = new ExitStatusOption();
  @Mixin private RangeOptions asked = new RangeOptions();
  @Mixin private RequestOptions request = new RequestOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  ExportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean errors = oneOf(KINDS, "WHAT", what).equals("errors");
    ExportFormat chosen = ExportFormat.of(oneOf(FORMATS, "--format", format));
    if (errors && chosen == ExportFormat.OTLP_JSON) {
      throw new ParameterException(
          command.commandLine(), "otlp-json has errors as events of their spans: export spans");
    }
    if (payloads && (errors || chosen != ExportFormat.JSONL)) {
      throw new ParameterException(
          command.commandLine(), "--payloads are of spans, as jsonl: export spans --payloads");
    }
    if (!chosen.isText() && invocation.terminal().interactive()) {
      throw new ParameterException(
          command.commandLine(),
          chosen.text()
              + " is not for a terminal: write it to a file, as with > "
              + what
              + ".parquet");
    }
    UsageErrors.requireFromOne(command.commandLine(), "--limit", limit);
    return errors ? errors(chosen) : spans(chosen);
  }

  private int spans(ExportFormat chosen) {
    Range range = request.ofCalls(asked.range(limit, invocation), asked.home(invocation));
    return export(
        chosen,
        range,
        (queries, out) -> {
          Export export = queries.export();
          return written(pages(chosen, queries, out), to -> export.spans(range, to));
        });
  }

  private ExportPages<StoredSpan> pages(ExportFormat chosen, Queries queries, PrintStream out) {
    Export export = queries.export();
    return payloads
        ? ExportFormat.withPayloads(out, export::payloadsOf)
        : chosen.spans(out, new ExportFormat.Known(queries.instances(), export::exceptionsOf));
  }

  private int errors(ExportFormat chosen) {
    Range range = request.ofMoments(asked.range(limit, invocation), asked.home(invocation));
    return export(
        chosen,
        range,
        (queries, out) -> written(chosen.errors(out), to -> queries.export().errors(range, to)));
  }

  /**
   * Writes pages.
   *
   * @param exported writes all of them; returns whether there are any
   */
  private int export(ExportFormat chosen, Range range, BiPredicate<Queries, PrintStream> exported) {
    try (Memory memory = Memory.open(asked.home(invocation))) {
      boolean any = exported.test(memory.queries(), invocation.terminal().out());
      if (!any) {
        EmptyAnswer.say(invocation, what, asked, memory.queries());
      }
      invocation.sayIncomplete(memory.queries().losses(range));
      return any ? 0 : exitStatus.ofNothing();
    }
  }

  /**
   * Whether there were any.
   *
   * @param source hands over pages, one after the other, until nobody reads on
   */
  private <T> boolean written(ExportPages<T> pages, Consumer<Predicate<List<T>>> source) {
    AtomicBoolean any = new AtomicBoolean();
    source.accept(
        page -> {
          any.set(true);
          pages.write(page);
          return !invocation.terminal().isClosed();
        });
    pages.end();
    return any.get();
  }

  private String oneOf(List<String> valid, String name, String typed) {
    String word = typed.toLowerCase(Locale.ROOT);
    if (!valid.contains(word)) {
      throw new ParameterException(
          command.commandLine(),
          name + " cannot be " + typed + UsageErrors.suggestion(word, valid));
    }
    return word;
  }
}
