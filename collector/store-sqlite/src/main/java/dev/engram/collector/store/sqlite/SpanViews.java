package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.View.attribute;
import static dev.engram.collector.store.sqlite.View.columns;
import static dev.engram.collector.store.sqlite.View.hex;
import static dev.engram.collector.store.sqlite.View.hexOrNull;
import static dev.engram.collector.store.sqlite.View.idOf;
import static dev.engram.collector.store.sqlite.View.integer;
import static dev.engram.collector.store.sqlite.View.plain;
import static dev.engram.collector.store.sqlite.View.text;
import static dev.engram.collector.store.sqlite.View.time;
import static dev.engram.collector.store.sqlite.View.trace;
import static dev.engram.collector.store.sqlite.View.uuid;
import static dev.engram.collector.store.sqlite.View.word;

import dev.engram.collector.store.sqlite.View.Column;
import java.util.List;

/** The views over spans. All but {@code spans} are those of one kind, with what they alone have. */
final class SpanViews {
  private static final String SPANS = "main.span s JOIN main.instance i ON i.id = s.instance";

  private static final List<Column> IDENTITY =
      List.of(
          text("trace_id", "32 hex digits; all 0 outside any trace", trace("s")),
          text("span_id", "16 hex digits", hex("s.span_id")),
          text("parent_span_id", "the span above; NULL at the top", hexOrNull("s.parent_span_id")),
          text("service", "name of the service", word("i.service")),
          text("instance", "which start of which JVM, as in `instances`", uuid("i.uuid")));

  private static final List<Column> COURSE =
      columns(
          time("start", "when it began", "s.start"),
          integer(
              "duration_ns",
              "how long it took, in nanoseconds; NULL when its end is not known",
              "CASE WHEN s.duration >= 0 THEN s.duration END"),
          text("status", "`ok`, `error`, `unset` or `interrupted`", word("s.status")));

  private static final Column ATTRIBUTES =
      text(
          "attributes",
          "JSON, such as `attributes ->> '$.\"url.path\"'`",
          "attributes(s.attributes, 'db.system.name', "
              + word("s.db_system")
              + ", 'db.query.text', "
              + word("s.statement")
              + ", 'db.response.returned_rows', s.returned_rows)");

  private static final Column NAME = text("name", "what it is called", word("s.name"));

  private SpanViews() {}

  static List<View> all() {
    return List.of(spans(), requests(), statements(), ai(), runs(), nodes(), payloads());
  }

  private static View spans() {
    return new View(
        "spans",
        "One operation that has ended, or was interrupted.",
        SPANS,
        columns(
            IDENTITY,
            text("kind", "`SERVER`, `CLIENT`, `INTERNAL`, ...", word("s.kind")),
            text("category", "`http`, `sql`, `ai`, `tool`, `method`, ...", word("s.category")),
            NAME,
            COURSE,
            text(
                "status_description",
                "why; NULL where none is known",
                plain("s.status_description")),
            ATTRIBUTES));
  }

  private static View requests() {
    return new View(
        "requests",
        "One request that a service was asked.",
        SPANS + " WHERE s.kind = " + idOf("SERVER"),
        columns(
            IDENTITY,
            NAME,
            text("method", "of HTTP; NULL for others", attribute("s", "http.request.method")),
            text(
                "route", "such as `/orders/{id}`; NULL when unknown", attribute("s", "http.route")),
            text("path", "as it was asked for; NULL for others", attribute("s", "url.path")),
            integer(
                "status_code",
                "of HTTP; NULL for others",
                attribute("s", "http.response.status_code")),
            text(
                "user_id",
                "who asked, usually hashed; NULL when unknown",
                attribute("s", "user.id")),
            COURSE,
            ATTRIBUTES));
  }

  private static View statements() {
    return new View(
        "statements",
        "One execution of a statement of SQL.",
        SPANS + " WHERE s.statement IS NOT NULL",
        columns(
            IDENTITY,
            text("system", "`postgresql`, `mysql`, ...; NULL when unknown", word("s.db_system")),
            text("statement", "with its literals replaced", word("s.statement")),
            integer("returned_rows", "rows read; NULL when unknown", "s.returned_rows"),
            COURSE,
            ATTRIBUTES));
  }

  private static View ai() {
    String model =
        "coalesce("
            + attribute("s", "gen_ai.response.model")
            + ", "
            + attribute("s", "gen_ai.request.model")
            + ")";
    return new View(
        "ai_calls",
        "One call of a model.",
        rare("ai") + " AND s.kind = " + idOf("CLIENT"),
        columns(
            IDENTITY,
            text("operation", "`chat`, `embeddings`, ...", attribute("s", "gen_ai.operation.name")),
            text(
                "provider",
                "`openai`, ...; NULL when unknown",
                attribute("s", "gen_ai.provider.name")),
            text("model", "that answered, or else that was asked", model),
            integer(
                "input_tokens", "NULL when unknown", attribute("s", "gen_ai.usage.input_tokens")),
            integer(
                "output_tokens", "NULL when unknown", attribute("s", "gen_ai.usage.output_tokens")),
            text("conversation_id", "NULL when unknown", attribute("s", "gen_ai.conversation.id")),
            COURSE,
            ATTRIBUTES));
  }

  private static View runs() {
    return new View(
        "workflow_runs",
        "One run of a workflow, or one leg of a run that was resumed.",
        rare("workflow"),
        columns(
            IDENTITY,
            text("workflow", "its name", attribute("s", "gen_ai.workflow.name")),
            text("run_id", "the same for all legs", attribute("s", "engram.workflow.run.id")),
            text("engine", "`spring-batch`, `code`, ...", attribute("s", "engram.workflow.engine")),
            COURSE,
            ATTRIBUTES));
  }

  private static View nodes() {
    return new View(
        "workflow_nodes",
        "One execution of a node of a workflow.",
        rare("node"),
        columns(
            IDENTITY,
            text("workflow", "its name", attribute("s", "gen_ai.workflow.name")),
            text("run_id", "the run it is of", attribute("s", "engram.workflow.run.id")),
            text("node", "its name", attribute("s", "engram.workflow.node.name")),
            integer("attempt", "from 1", attribute("s", "engram.workflow.node.attempt")),
            text(
                "came_from",
                "the node before; NULL for the first",
                attribute("s", "engram.workflow.transition.from")),
            COURSE,
            ATTRIBUTES));
  }

  private static View payloads() {
    return new View(
        "payloads",
        "One body, prompt, answer, input or output of a span.",
        "main.span_payload p JOIN main.span s ON s.arrival = p.span"
            + " JOIN main.instance i ON i.id = s.instance",
        columns(
            IDENTITY,
            text("name", "such as `http.request.body`", word("p.name")),
            text("content_type", "NULL when unknown", plain("p.content_type")),
            integer("size", "bytes of the whole", "p.size"),
            integer("truncated", "1 when its end is missing", "p.truncated"),
            text(
                "text",
                "what it says; NULL when it travelled in parts",
                "(SELECT CAST(c.bytes AS TEXT) FROM main.content c WHERE c.id = p.content)")));
  }

  private static String rare(String category) {
    return SPANS + " WHERE s.rare = 1 AND s.category = " + idOf(category);
  }
}
