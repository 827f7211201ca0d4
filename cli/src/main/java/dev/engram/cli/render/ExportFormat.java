package dev.engram.cli.render;

import dev.engram.collector.query.PayloadExcerpt;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How rows are written for other programs. */
public enum ExportFormat {
  /** The objects that listings give with {@code --json}. */
  JSONL {
    @Override
    public ExportPages<StoredSpan> spans(PrintStream out, Known known) {
      return new TextPages<>(out, "", page -> joined(page, span -> SpanView.json(span) + "\n"));
    }

    @Override
    public ExportPages<StoredException> errors(PrintStream out) {
      return new TextPages<>(
          out, "", page -> joined(page, exception -> ExceptionJson.of(exception) + "\n"));
    }
  },
  /** The same objects, with the members that all may have; inner objects are JSON. */
  CSV {
    @Override
    public ExportPages<StoredSpan> spans(PrintStream out, Known known) {
      return new TextPages<>(
          out,
          Csv.heading(SPAN_MEMBERS),
          page -> joined(page, span -> Csv.record(SPAN_MEMBERS, SpanView.json(span))));
    }

    @Override
    public ExportPages<StoredException> errors(PrintStream out) {
      return new TextPages<>(
          out,
          Csv.heading(ERROR_MEMBERS),
          page -> joined(page, error -> Csv.record(ERROR_MEMBERS, ExceptionJson.of(error))));
    }
  },
  /** The columns of CSV, each of its own type. */
  PARQUET {
    @Override
    public ExportPages<StoredSpan> spans(PrintStream out, Known known) {
      return new ParquetPages<>(out, "span", ParquetColumns.OF_SPANS);
    }

    @Override
    public ExportPages<StoredException> errors(PrintStream out) {
      return new ParquetPages<>(out, "error", ParquetColumns.OF_ERRORS);
    }

    @Override
    public boolean isText() {
      return false;
    }
  },
  /** Lines of OpenTelemetry's protocol, one for each page. */
  OTLP_JSON {
    @Override
    public ExportPages<StoredSpan> spans(PrintStream out, Known known) {
      return new TextPages<>(out, "", page -> OtlpJson.line(page, known) + "\n");
    }

    @Override
    public ExportPages<StoredException> errors(PrintStream out) {
      throw new UnsupportedOperationException("they are events of their spans");
    }
  };

  private static final List<String> SPAN_MEMBERS =
      List.of(
          "trace_id",
          "span_id",
          "parent_span_id",
          "service",
          "instance",
          "kind",
          "category",
          "name",
          "start",
          "duration_ns",
          "status",
          "status_description",
          "exceptions",
          "attributes");
  private static final List<String> ERROR_MEMBERS =
      List.of(
          "id",
          "time",
          "service",
          "trace_id",
          "span_id",
          "origin",
          "site",
          "thread",
          "thrown.type",
          "thrown.message");

  /** What rows do not say themselves. */
  public static final class Known {
    private final Map<InstanceId, Instance> instances;
    private final Function<List<StoredSpan>, Function<StoredSpan, List<StoredException>>>
        exceptions;

    /**
     * What is known.
     *
     * @param exceptions those that were seen in the spans of a page: of each, earliest first
     */
    public Known(
        List<Instance> instances,
        Function<List<StoredSpan>, Function<StoredSpan, List<StoredException>>> exceptions) {
      this.instances = instances.stream().collect(Collectors.toMap(Instance::id, it -> it));
      this.exceptions = exceptions;
    }

    /** Empty when unknown. */
    String version(InstanceId instance) {
      Instance known = instances.get(instance);
      return known == null ? "" : known.version();
    }

    Function<StoredSpan, List<StoredException>> exceptionsOf(List<StoredSpan> page) {
      return exceptions.apply(page);
    }
  }

  /** As it is typed. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The format that is typed so.
   *
   * @param text one of {@link #text()}
   */
  public static ExportFormat of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether a terminal can show it. */
  public boolean isText() {
    return true;
  }

  public abstract ExportPages<StoredSpan> spans(PrintStream out, Known known);

  public abstract ExportPages<StoredException> errors(PrintStream out);

  /** Lines of JSON with the bodies, prompts and answers of each span; any of them may be large. */
  public static ExportPages<StoredSpan> withPayloads(
      PrintStream out, Function<StoredSpan, List<PayloadExcerpt>> payloads) {
    return new ExportPages<>() {
      @Override
      public void write(List<StoredSpan> page) {
        page.forEach(span -> out.print(SpanView.json(span, payloads.apply(span)) + "\n"));
      }

      @Override
      public void end() {}
    };
  }

  private static <T> String joined(List<T> page, Function<T, String> line) {
    return page.stream().map(line).collect(Collectors.joining());
  }
}
