package dev.engram.cli;

import dev.engram.cli.render.ExportFormat;
import dev.engram.collector.query.Export;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
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
          + " line, with exceptions as events of their spans.",
      "Parquet is made of CSV, such as by DuckDB:",
      "  engram export --format csv > spans.csv",
      "  duckdb -c \"copy (from 'spans.csv') to 'spans.parquet'\""
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
      description = "jsonl, csv or otlp-json (default ${DEFAULT-VALUE}).",
      defaultValue = "jsonl")
  private String format = "";

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
    UsageErrors.requireFromOne(command.commandLine(), "--limit", limit);
    return errors ? errors(chosen) : spans(chosen);
  }

  private int spans(ExportFormat chosen) {
    Range range = request.ofCalls(asked.range(limit, invocation), asked.home(invocation));
    return export(
        chosen.spanHeading(),
        range,
        (queries, out) -> {
          Export export = queries.export();
          ExportFormat.Known known =
              new ExportFormat.Known(queries.instances(), export::exceptionsOf);
          export.spans(range, page -> out.test(chosen.spans(page, known)));
        });
  }

  private int errors(ExportFormat chosen) {
    Range range = request.ofMoments(asked.range(limit, invocation), asked.home(invocation));
    return export(
        chosen.errorHeading(),
        range,
        (queries, out) -> queries.export().errors(range, page -> out.test(chosen.errors(page))));
  }

  /**
   * Writes pages.
   *
   * @param pages hands over one after the other, until nobody reads on
   */
  private int export(String heading, Range range, BiConsumer<Queries, Predicate<String>> pages) {
    try (Memory memory = Memory.open(asked.home(invocation))) {
      print(heading);
      AtomicBoolean any = new AtomicBoolean();
      pages.accept(
          memory.queries(),
          page -> {
            any.set(true);
            return print(page);
          });
      if (!any.get()) {
        EmptyAnswer.say(invocation, what, asked, memory.queries());
      }
      invocation.sayIncomplete(memory.queries().losses(range));
      return any.get() ? 0 : exitStatus.ofNothing();
    }
  }

  private String oneOf(List<String> valid, String name, String typed) {
    String word = typed.toLowerCase(Locale.ROOT);
    if (word.equals("parquet")) {
      throw new ParameterException(
          command.commandLine(), "parquet is made of --format csv; the help says how");
    }
    if (!valid.contains(word)) {
      throw new ParameterException(
          command.commandLine(),
          name + " cannot be " + typed + UsageErrors.suggestion(word, valid));
    }
    return word;
  }

  /** Whether anybody reads on. */
  private boolean print(String text) {
    invocation.terminal().out().print(text);
    return !invocation.terminal().isClosed();
  }
}
