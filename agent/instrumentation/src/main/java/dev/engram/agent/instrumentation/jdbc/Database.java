package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The database behind a connection, in OpenTelemetry's words. Immutable.
 *
 * @param system such as {@code postgresql}; {@code other_sql} when unknown
 * @param namespace the database's name, or null
 * @param host where it runs, or null when it runs in this process or nobody said
 * @param port 0 when the URL names none
 */
record Database(String system, @Nullable String namespace, @Nullable String host, int port) {
  static final Database UNKNOWN = new Database("other_sql", null, null, 0);

  /** Asks a driver, which may know nothing, or fail in whatever way. */
  static Database of(Connection connection) {
    try {
      String url = connection.getMetaData().getURL();
      return url == null ? UNKNOWN : JdbcUrl.parse(url);
    } catch (Throwable notSupported) {
      return UNKNOWN;
    }
  }

  void describe(OpenSpan span) {
    span.put(AttributeKey.DB_SYSTEM_NAME, system).put(AttributeKey.DB_NAMESPACE, namespace);
    if (host != null) {
      span.put(AttributeKey.SERVER_ADDRESS, host);
    }
    if (port > 0) {
      span.put(AttributeKey.SERVER_PORT, port);
    }
  }

  /** Where it is, such as {@code db.example:5432}; of one in this process what it is. */
  String address() {
    if (host == null) {
      return namespace == null ? system : system + ':' + namespace;
    }
    return port > 0 ? host + ':' + port : host;
  }

  /**
   * Whether double quotes may hold a string, as SQLite takes a name it does not know; so it is
   * assumed where the dialect is unknown.
   */
  boolean quotedStrings() {
    return switch (system) {
      case "h2database",
          "postgresql",
          "oracle.db",
          "microsoft.sql_server",
          "ibm.db2",
          "derby",
          "hsqldb",
          "cockroachdb" ->
          false;
      default -> true;
    };
  }
}
