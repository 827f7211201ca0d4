package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/**
 * What the views call to read what the tables keep as bytes, beside {@link RowFunctions}. For the
 * one thread that asks.
 */
final class SqlFunctions {
  private static final int ANY_NUMBER = -1;

  private SqlFunctions() {}

  /**
   * Makes them known to a connection.
   *
   * @param words of another connection: SQLite is in the middle of a question when it calls
   */
  static void create(Connection connection, WordTexts words) throws SQLException {
    RowFunctions.createAttribute(connection, words);
    create(connection, "plain", 1, new Plain());
    create(connection, "strings", 1, new Strings());
    create(connection, "attributes", ANY_NUMBER, new Attributes(words));
  }

  private static void create(Connection connection, String name, int arguments, Function function)
      throws SQLException {
    Function.create(connection, name, function, arguments, Function.FLAG_DETERMINISTIC);
  }

  /** What may be text that was kept as UTF-16, as itself. */
  private static final class Plain extends Function {
    @Override
    protected void xFunc() throws SQLException {
      switch (value_type(0)) {
        case Codes.SQLITE_INTEGER -> result(value_long(0));
        case Codes.SQLITE_FLOAT -> result(value_double(0));
        case Codes.SQLITE_TEXT -> result(value_text(0));
        case Codes.SQLITE_BLOB -> result(SqliteText.fromUtf16(value_blob(0)));
        default -> result();
      }
    }
  }

  /** A list of texts as a JSON array. */
  private static final class Strings extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(JsonText.of(StringListBlob.decode(value_blob(0))));
    }
  }

  /** All attributes as a JSON object, with further ones: a name and a value each. */
  private static final class Attributes extends Function {
    private final WordTexts words;

    Attributes(WordTexts words) {
      this.words = words;
    }

    @Override
    protected void xFunc() throws SQLException {
      Map<String, Object> attributes = decode(value_blob(0), words);
      for (int i = 1; i + 1 < args(); i += 2) {
        String name = value_text(i);
        boolean number = value_type(i + 1) == Codes.SQLITE_INTEGER;
        Object value = number ? (Object) value_long(i + 1) : value_text(i + 1);
        if (value != null) {
          attributes.put(name, value);
        }
      }
      result(JsonText.of(attributes));
    }
  }

  private static Map<String, Object> decode(byte @Nullable [] bytes, WordTexts words)
      throws SQLException {
    return AttributeBlob.decode(bytes == null ? new byte[0] : bytes, words);
  }
}
