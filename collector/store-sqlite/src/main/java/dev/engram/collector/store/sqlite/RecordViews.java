package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.View.columns;
import static dev.engram.collector.store.sqlite.View.hex;
import static dev.engram.collector.store.sqlite.View.hexOrNull;
import static dev.engram.collector.store.sqlite.View.integer;
import static dev.engram.collector.store.sqlite.View.plain;
import static dev.engram.collector.store.sqlite.View.real;
import static dev.engram.collector.store.sqlite.View.text;
import static dev.engram.collector.store.sqlite.View.time;
import static dev.engram.collector.store.sqlite.View.trace;
import static dev.engram.collector.store.sqlite.View.uuid;
import static dev.engram.collector.store.sqlite.View.word;

import dev.engram.collector.store.sqlite.View.Column;
import java.util.List;

/** The views over everything but spans. */
final class RecordViews {
  private static final List<Column> WHERE =
      List.of(
          text("service", "name of the service", word("i.service")),
          text("instance", "which start of which JVM, as in `instances`", uuid("i.uuid")));

  private static final Column ATTRIBUTES = text("attributes", "JSON", "attributes(t.attributes)");

  private static final Column AUTHOR = text("author", "who; NULL when unknown", plain("t.author"));
  private static final Column COMMENT =
      text("comment", "why; NULL where none was given", plain("t.comment"));

  private RecordViews() {}

  static List<View> all() {
    return List.of(
        errors(),
        constructed(),
        decisions(),
        outcomes(),
        feedback(),
        metrics(),
        lifecycle(),
        instances(),
        losses(),
        rollups());
  }

  private static View errors() {
    return of(
        "errors",
        "One exception that was seen.",
        "exception",
        text(
            "id",
            "of its error group, as `engram show` takes it",
            "'E-' || substr(" + hex("t.fingerprint") + ", 1, 12)"),
        time("time", "when it was seen", "t.time"),
        WHERE,
        text("type", "class of the throwable", word("t.type")),
        text("message", "NULL where it has none", plain("t.message")),
        text("origin", "`escaped`, `handled`, `logged` or `swallowed`", word("t.origin")),
        text("site", "where it was seen; NULL when unknown", plain("t.site")),
        text("thread", "name of the thread", word("t.thread_name")),
        text("trace_id", "32 hex digits; all 0 outside any trace", trace("t")),
        text("span_id", "16 hex digits; NULL outside any span", hexOrNull("t.span_id")));
  }

  private static View constructed() {
    return of(
        "throws",
        "How many throwables of one type were constructed in a stretch of time.",
        "throw_count",
        time("time", "the end of the stretch", "t.time"),
        integer("duration_ns", "length of the stretch, in nanoseconds", "t.duration"),
        WHERE,
        text("type", "class of the throwable", word("t.type")),
        text("site", "where; NULL for all of the type", word("t.site")),
        integer("count", "exact for a type, estimated for a site", "t.count"),
        integer("low", "at least so many", "t.low"),
        integer("high", "at most so many", "t.high"));
  }

  private static View decisions() {
    return of(
        "decisions",
        "One choice between options.",
        "decision",
        text("decision_id", "16 hex digits", hex("t.decision_id")),
        time("time", "when it was made", "t.time"),
        WHERE,
        text("name", "what was decided", word("t.name")),
        text("options", "JSON: an array", "strings(t.options)"),
        text("chosen", "one of the options", plain("t.chosen")),
        real("confidence", "0 to 1; NULL when unknown", "t.confidence"),
        text(
            "confidence_source",
            "`stated`, `log_probability`, `score`, `rule` or empty",
            word("t.confidence_source")),
        text("reasoning", "JSON: an array of steps", "strings(t.reasoning)"),
        text("trace_id", "32 hex digits; all 0 outside any trace", trace("t")),
        text("span_id", "the span it was made in; NULL for none", hexOrNull("t.span_id")),
        ATTRIBUTES);
  }

  private static View outcomes() {
    return of(
        "outcomes",
        "What became of decisions, as somebody told it.",
        "outcome",
        time("time", "when it was told", "t.time"),
        WHERE,
        text("target", "`decision` or `key`", word("t.target")),
        text("key", "the correlation key; empty for a decision", word("t.key")),
        text("target_id", "of the decision, or the value of the key", plain("t.target_id")),
        text("label", "`success`, `failure`, `partial` or `unknown`", word("t.label")),
        real("value", "a number that goes with it; NULL for none", "t.value"),
        AUTHOR,
        COMMENT);
  }

  private static View feedback() {
    return of(
        "feedback",
        "A judgement of a span, decision, trace, conversation or key.",
        "feedback",
        time("time", "when it was told", "t.time"),
        WHERE,
        text("target", "`trace`, `span`, `decision`, ...", word("t.target")),
        text("target_id", "which of them", plain("t.target_id")),
        text("label", "NULL where none was given", plain("t.label")),
        real("score", "NULL where none was given", "t.score"),
        AUTHOR,
        COMMENT);
  }

  private static View metrics() {
    return of(
        "metrics",
        "One reading of a JVM or a connection pool.",
        "measurement",
        time("time", "when it was read", "t.time"),
        WHERE,
        text("name", "such as `jvm.memory.used`", word("t.name")),
        text("unit", "in UCUM, such as `By` and `s`", word("t.unit")),
        real("value", "in that unit; NULL for no number", "t.value"),
        ATTRIBUTES);
  }

  private static View lifecycle() {
    return of(
        "lifecycle",
        "Something an instance said of itself.",
        "lifecycle",
        time("time", "when", "t.time"),
        WHERE,
        text("event", "`start`, `stop`, ...", word("t.event")),
        ATTRIBUTES);
  }

  private static View instances() {
    return new View(
        "instances",
        "One start of one JVM.",
        "main.instance i",
        columns(
            text("instance", "a UUID", uuid("i.uuid")),
            text("service", "name of the service", word("i.service")),
            text("version", "that was deployed; empty when unknown", plain("i.version")),
            time("started", "when it started", "i.started"),
            time("ended", "when it ended; NULL while it runs", "nullif(i.ended, 0)"),
            text("attributes", "JSON", "attributes(i.attributes)")));
  }

  private static View losses() {
    return of(
        "losses",
        "Records of an instance that no answer can hold.",
        "loss_period",
        WHERE,
        text("term", "`shed`, `dropped`, `abandoned`, `malformed` or `rejected`", "t.term"),
        text("reason", "why; empty where the term has no reasons", plain("t.reason")),
        time("since", "not lost before", "t.since"),
        time("until", "not lost after", "t.until"),
        integer("count", "how many records", "t.count"));
  }

  private static View rollups() {
    return new View(
        "request_rollups",
        "What is left of requests that went with their age: those of one name and hour.",
        "main.request_rollup t",
        columns(
            time("hour", "when the hour began", "t.hour"),
            text("service", "name of the service", plain("t.service")),
            text("name", "what they were called", plain("t.name")),
            integer("count", "how many", "t.count"),
            integer("errors", "how many of them failed", "t.errors"),
            integer("duration_ns", "of all together, in nanoseconds", "t.duration"),
            integer("longest_ns", "of the longest, in nanoseconds", "t.longest")));
  }

  /** One over a table whose rows are each of an instance. */
  private static View of(String name, String meaning, String table, Object... columnsAndLists) {
    String from = "main." + table + " t JOIN main.instance i ON i.id = t.instance";
    return new View(name, meaning, from, columns(columnsAndLists));
  }
}
