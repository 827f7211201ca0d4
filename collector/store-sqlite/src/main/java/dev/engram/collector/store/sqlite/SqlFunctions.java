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

  private final WordTexts words;
  private @Nullable SQLException met;

  /**
   * None yet.
   *
   * @param words of another connection: SQLite is in the middle of a question when it calls
   */
  SqlFunctions(WordTexts words) {
    this.words = words;
  }

  /** Makes them known to a connection. */
  void create(Connection connection) throws SQLException {
    RowFunctions.createAttribute(connection, words, this::note);
    create(connection, "plain", 1, new Plain());
    create(connection, "strings", 1, new Strings());
    create(connection, "attributes", ANY_NUMBER, new Attributes());
  }

  /** What a function throws reaches the question as a mistake in it: the driver loses the code. */
  void throwWhatTheyMet() throws SQLException {
    if (met != null) {
      throw met;
    }
  }

  private void note(SQLException failure) {
    met = met == null ? failure : met;
  }

  private static void create(Connection connection, String name, int arguments, Function function)
      throws SQLException {
    Function.create(connection, name, function, arguments, Function.FLAG_DETERMINISTIC);
  }

  /** One of bytes that may be damaged. */
  private abstract class OfBytes extends Function {
    @Override
    protected final void xFunc() throws SQLException {
      try {
        answer();
      } catch (SQLException failure) {
        note(failure);
        throw failure;
      }
    }

    abstract void answer() throws SQLException;
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
  private final class Strings extends OfBytes {
    @Override
    void answer() throws SQLException {
      byte[] bytes = value_blob(0);
      if (bytes == null) {
        result();
      } else {
        result(JsonText.of(StringListBlob.decode(bytes)));
      }
    }
  }

  /** All attributes as a JSON object, with further ones: a name and a value each. */
  private final class Attributes extends OfBytes {
    @Override
    void answer() throws SQLException {
      byte[] bytes = args() == 0 ? null : value_blob(0);
      Map<String, Object> attributes =
          AttributeBlob.decode(bytes == null ? new byte[0] : bytes, words);
      for (int i = 1; i + 1 < args(); i += 2) {
        String name = value_text(i);
        boolean number = value_type(i + 1) == Codes.SQLITE_INTEGER;
        Object value = number ? (Object) value_long(i + 1) : value_text(i + 1);
        if (name != null && value != null) {
          attributes.put(name, value);
        }
      }
      result(JsonText.of(attributes));
    }
  }
}
