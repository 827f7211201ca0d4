package dev.engram.agent.instrumentation.jdbc;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a JDBC URL says about its database, and nothing else of it: it may hold a password.
 * Stateless.
 */
final class JdbcUrl {
  private static final Map<String, String> SYSTEMS =
      Map.ofEntries(
          Map.entry("h2", "h2database"),
          Map.entry("sqlserver", "microsoft.sql_server"),
          Map.entry("jtds", "microsoft.sql_server"),
          Map.entry("oracle", "oracle.db"),
          Map.entry("db2", "ibm.db2"),
          Map.entry("postgresql", "postgresql"),
          Map.entry("mysql", "mysql"),
          Map.entry("mariadb", "mariadb"),
          Map.entry("sqlite", "sqlite"),
          Map.entry("derby", "derby"),
          Map.entry("hsqldb", "hsqldb"),
          Map.entry("clickhouse", "clickhouse"),
          Map.entry("ch", "clickhouse"),
          Map.entry("snowflake", "snowflake"),
          Map.entry("redshift", "aws.redshift"),
          Map.entry("trino", "trino"),
          Map.entry("teradata", "teradata"),
          Map.entry("sap", "sap.hana"),
          Map.entry("firebird", "firebirdsql"),
          Map.entry("firebirdsql", "firebirdsql"));

  private JdbcUrl() {}

  static Database parse(String url) {
    if (!url.startsWith("jdbc:")) {
      return Database.UNKNOWN;
    }
    int colon = url.indexOf(':', 5);
    String scheme = url.substring(5, colon < 0 ? url.length() : colon).toLowerCase(Locale.ROOT);
    String system = SYSTEMS.getOrDefault(scheme, "other_sql");
    String rest = colon < 0 ? "" : url.substring(colon + 1);
    int authority = rest.indexOf("//");
    return authority < 0 || rest.startsWith("file:")
        ? embedded(system, withoutOptions(rest))
        : remote(system, rest.substring(authority + 2));
  }

  /**
   * {@code mem:shop}, {@code ./data/shop}, {@code thin:@host:1521:shop}: the last part names it.
   */
  private static Database embedded(String system, String rest) {
    int at = rest.indexOf('@');
    if (at >= 0) {
      return oracle(system, rest.substring(at + 1));
    }
    String path = withoutProperties(rest);
    int cut =
        Math.max(path.lastIndexOf(':'), Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
    return new Database(system, emptyToNull(path.substring(cut + 1)), null, 0);
  }

  private static Database oracle(String system, String rest) {
    String[] parts = rest.split("[:/]", 3);
    return parts.length == 3 && isHost(parts[0])
        ? new Database(system, emptyToNull(parts[2]), emptyToNull(parts[0]), port(parts[1]))
        : new Database(system, null, null, 0);
  }

  /** {@code user:password@host:port,other/database?options} or {@code host;databaseName=shop}. */
  private static Database remote(String system, String rest) {
    int slash = firstOf(rest, "/?;", 0);
    String authority = rest.substring(0, slash);
    String first = firstHost(authority.substring(authority.lastIndexOf('@') + 1));
    String host = isHost(first) ? first : "";
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
    String path =
        slash < rest.length() && rest.charAt(slash) == '/' ? rest.substring(slash + 1) : "";
    String name = withoutProperties(withoutOptions(path));
    return new Database(
        system,
        emptyToNull(name.isEmpty() ? option(rest, "databasename=") : name),
        emptyToNull(colon < 0 ? host : host.substring(0, colon)),
        colon < 0 ? 0 : port(host.substring(colon + 1)));
  }

  private static String firstHost(String hosts) {
    int comma = hosts.indexOf(',');
    return comma < 0 ? hosts : hosts.substring(0, comma);
  }

  /** Not {@code (host=db1,password=p)} or {@code address=(host=db1)}, as some drivers take them. */
  private static boolean isHost(String text) {
    return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || ".-_:[]%".indexOf(c) >= 0);
  }

  private static String option(String text, String key) {
    int begin = text.toLowerCase(Locale.ROOT).indexOf(key);
    if (begin < 0) {
      return "";
    }
    begin += key.length();
    return text.substring(begin, firstOf(text, ";&", begin));
  }

  private static String withoutOptions(String text) {
    return text.substring(0, firstOf(text, ";?", 0));
  }

  /** {@code shop:user=u}: properties after a colon, the first of which {@code ;} does not mark. */
  private static String withoutProperties(String text) {
    return text.indexOf('=') < 0 ? text : text.substring(0, Math.max(0, text.indexOf(':')));
  }

  private static int firstOf(String text, String characters, int from) {
    int i = from;
    while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
