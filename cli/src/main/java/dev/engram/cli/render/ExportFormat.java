package dev.engram.cli.render;

import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How rows are written for other programs, a page at a time; each line ends with its line end. */
public enum ExportFormat {
  /** The objects that listings give with {@code --json}. */
  JSONL {
    @Override
    public String spans(List<StoredSpan> page, Known known) {
      return joined(page, span -> SpanView.json(span) + "\n");
    }

    @Override
    public String errors(List<StoredException> page) {
      return joined(page, exception -> ExceptionJson.of(exception) + "\n");
    }
  },
  /** The same objects, with the members that all may have; inner objects are JSON. */
  CSV {
    @Override
    public String spanHeading() {
      return Csv.heading(SPAN_MEMBERS);
    }

    @Override
    public String errorHeading() {
      return Csv.heading(ERROR_MEMBERS);
    }

    @Override
    public String spans(List<StoredSpan> page, Known known) {
      return joined(page, span -> Csv.record(SPAN_MEMBERS, SpanView.json(span)));
    }

    @Override
    public String errors(List<StoredException> page) {
      return joined(page, exception -> Csv.record(ERROR_MEMBERS, ExceptionJson.of(exception)));
    }
  },
  /** Lines of OpenTelemetry's protocol, one for each page. */
  OTLP_JSON {
    @Override
    public String spans(List<StoredSpan> page, Known known) {
      return OtlpJson.line(page, known) + "\n";
    }

    @Override
    public String errors(List<StoredException> page) {
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

  /** What stands before the first page. */
  public String spanHeading() {
    return "";
  }

  /** What stands before the first page. */
  public String errorHeading() {
    return "";
  }

  public abstract String spans(List<StoredSpan> page, Known known);

  public abstract String errors(List<StoredException> page);

  private static <T> String joined(List<T> page, Function<T, String> line) {
    return page.stream().map(line).collect(Collectors.joining());
  }
}
