package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The tables that a batch fills, each prepared when it is needed first. For one transaction. */
final class Tables implements AutoCloseable {
  /**
   * A table.
   *
   * @param conflict what becomes of a row that is there
   * @param columns as of {@link Insert}
   */
  record Table(String name, String conflict, String... columns) {}

  private static final String ONCE = "ON CONFLICT DO NOTHING";

  static final Table SPAN =
      rows(
          "span",
          "trace_high trace_low span_id parent_span_id kind category name start duration status"
              + " status_description begun db_system statement returned_rows attributes:jsonb"
              + " payloads");
  static final Table BEGUN =
      new Table(
          "begun",
          "",
          words(
              "instance span_id arrival position trace_high trace_low parent_span_id kind category"
                  + " name start db_system statement returned_rows attributes:jsonb"));
  static final Table SPAN_PAYLOAD =
      new Table(
          "span_payload",
          "",
          words("day span ordinal name content_type size truncated payload_id content"));
  static final Table CONTENT = new Table("content", ONCE, words("day hash bytes"));
  static final Table STACK = new Table("stack", ONCE, words("day instance hash content"));
  static final Table EXCEPTION =
      timed(
          "exception",
          "trace_high trace_low span_id origin thread_name site type message fingerprint"
              + " thrown:jsonb");
  static final Table PAYLOAD_PART =
      timed("payload_part", "payload_id part parts content_hash content");
  static final Table LIFECYCLE = timed("lifecycle", "event attributes:jsonb");
  static final Table MEASUREMENT = timed("measurement", "name unit value attributes:jsonb");
  static final Table DECISION =
      timed(
          "decision",
          "decision_id trace_high trace_low span_id name options:jsonb chosen confidence"
              + " confidence_source reasoning:jsonb attributes:jsonb");
  static final Table FEEDBACK = timed("feedback", "target target_id label score author comment");
  static final Table OUTCOME = timed("outcome", "target key target_id label value author comment");
  static final Table KNOWLEDGE =
      new Table(
          "knowledge",
          "",
          words("arrival instance position time subject subject_id property value author"));
  static final Table REMEDY_ATTEMPT =
      timed(
          "remedy_attempt",
          "trace_high trace_low span_id remedy_id arm fingerprint tries result added");
  static final Table THROW_COUNT = timed("throw_count", "duration type site count low high stack");

  /** The text of {@link WriteWords}. */
  static final Table SEARCH = new Table("search", "", words("day arrival words:tsvector"));

  private final Connection connection;
  private final Map<String, Insert> inserts = new LinkedHashMap<>();

  Tables(Connection connection) {
    this.connection = connection;
  }

  /** Those that are divided by day. */
  static Stream<String> byDay() {
    return Stream.of(
            SPAN,
            SPAN_PAYLOAD,
            CONTENT,
            STACK,
            EXCEPTION,
            PAYLOAD_PART,
            LIFECYCLE,
            MEASUREMENT,
            DECISION,
            FEEDBACK,
            OUTCOME,
            REMEDY_ATTEMPT,
            THROW_COUNT,
            SEARCH)
        .map(Table::name);
  }

  Insert into(Table table) throws SQLException {
    Insert insert = inserts.get(table.name());
    if (insert == null) {
      insert = new Insert(connection, table.name(), table.conflict(), table.columns());
      inserts.put(table.name(), insert);
    }
    return insert;
  }

  void flush() throws SQLException {
    for (Insert insert : inserts.values()) {
      insert.flush();
    }
  }

  @Override
  public void close() throws SQLException {
    for (Insert insert : inserts.values()) {
      insert.close();
    }
  }

  private static Table timed(String name, String columns) {
    return rows(name, "time " + columns);
  }

  private static Table rows(String name, String columns) {
    return new Table(name, "", words("day arrival instance position " + columns));
  }

  private static String[] words(String columns) {
    return columns.split(" ");
  }
}
