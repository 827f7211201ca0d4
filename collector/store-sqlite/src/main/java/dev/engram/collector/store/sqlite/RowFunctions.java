package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Condition.Comparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/**
 * The functions that SQL calls for each row: {@code attribute(key, attributes)}, which is NULL
 * where there is none, and {@code meets(comparison, value)}, which is 0 or 1. Confined to one
 * connection.
 */
final class RowFunctions {
  private final List<Comparison> comparisons = new ArrayList<>();

  RowFunctions(Connection connection, WordTexts words) throws SQLException {
    createAttribute(connection, words, failure -> {});
    Function.create(connection, "meets", new Meets(comparisons));
  }

  /**
   * Makes {@code attribute} alone.
   *
   * @param failed takes what it throws
   */
  static void createAttribute(Connection connection, WordTexts words, Consumer<SQLException> failed)
      throws SQLException {
    Function.create(connection, "attribute", new Attribute(words, failed), 2, 0);
  }

  /** The number under which {@code meets} knows it, until the next question. */
  int remember(Comparison comparison) {
    comparisons.add(comparison);
    return comparisons.size() - 1;
  }

  void forget() {
    comparisons.clear();
  }

  /** One whose arguments are read as the store's values are. */
  private abstract static class RowFunction extends Function {
    final @Nullable Object argument(int index) throws SQLException {
      return switch (value_type(index)) {
        case Codes.SQLITE_INTEGER -> value_long(index);
        case Codes.SQLITE_FLOAT -> value_double(index);
        case Codes.SQLITE_TEXT -> value_text(index);
        case Codes.SQLITE_BLOB -> SqliteText.fromUtf16(value_blob(index));
        default -> null;
      };
    }
  }

  private static final class Attribute extends RowFunction {
    private final WordTexts words;
    private final Consumer<SQLException> failed;

    Attribute(WordTexts words, Consumer<SQLException> failed) {
      this.words = words;
      this.failed = failed;
    }

    @Override
    protected void xFunc() throws SQLException {
      try {
        byte[] attributes = value_blob(1);
        Map<String, Object> all =
            attributes == null ? Map.of() : AttributeBlob.decode(attributes, words);
        answer(all.get(String.valueOf(argument(0))));
      } catch (SQLException failure) {
        failed.accept(failure);
        throw failure;
      }
    }

    private void answer(@Nullable Object value) throws SQLException {
      if (value == null) {
        result();
      } else if (value instanceof Long number) {
        result(number);
      } else if (value instanceof Double number) {
        result(number);
      } else if (SqliteText.isPlain(value.toString())) {
        result(value.toString());
      } else {
        result(SqliteText.utf16(value.toString()));
      }
    }
  }

  private static final class Meets extends RowFunction {
    private final List<Comparison> comparisons;

    Meets(List<Comparison> comparisons) {
      this.comparisons = comparisons;
    }

    @Override
    protected void xFunc() throws SQLException {
      result(comparisons.get(value_int(0)).test(argument(1)) ? 1 : 0);
    }
  }
}
