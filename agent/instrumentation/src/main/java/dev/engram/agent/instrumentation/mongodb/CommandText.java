package dev.engram.agent.instrumentation.mongodb;

import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a command: its fields, and a {@code ?} for each value. Elements of an array that
 * look like the one before are left out, so that commands of one shape have one text however many
 * values they hold. What is to be inserted is a value as a whole.
 */
final class CommandText {
  private static final String DOCUMENTS = "documents";
  private static final String VALUE = "\"?\"";
  private static final int MAX_LENGTH = 2000;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_ELEMENTS = 100;

  /** Commands that begin with the name of their collection. */
  private static final Set<String> OF_COLLECTIONS =
      Set.of(
          "aggregate",
          "count",
          "create",
          "createIndexes",
          "delete",
          "distinct",
          "drop",
          "dropIndexes",
          "find",
          "findAndModify",
          "insert",
          "listIndexes",
          "mapReduce",
          "update");

  /** What the driver adds to every command. */
  private static final Set<String> SESSION =
      Set.of("lsid", "txnNumber", "startTransaction", "autocommit");

  private final BsonReader reader;
  private final StringBuilder text = new StringBuilder();

  private CommandText(BsonReader reader) {
    this.reader = reader;
  }

  /** The collection that a command is about, or null. */
  static @Nullable String collection(String name, BsonDocument command) {
    BsonValue value =
        OF_COLLECTIONS.contains(name)
            ? command.get(name)
            : name.equals("getMore") ? command.get("collection") : null;
    return value != null && value.isString() ? value.asString().getValue() : null;
  }

  /**
   * @param collection shown where it stands, or null
   */
  static String of(BsonDocument command, @Nullable String collection) {
    try (BsonReader reader = command.asBsonReader()) {
      CommandText text = new CommandText(reader);
      text.command(collection);
      return text.text.toString();
    }
  }

  private void command(@Nullable String collection) {
    text.append('{');
    String between = "";
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      String name = reader.readName();
      if (name.startsWith("$") || SESSION.contains(name)) {
        reader.skipValue();
        continue;
      }
      text.append(between).append('"').append(name).append("\": ");
      between = ", ";
      argument(name, collection);
    }
    reader.readEndDocument();
    text.append('}');
  }

  private void argument(String name, @Nullable String collection) {
    if (reader.getCurrentBsonType() == BsonType.STRING) {
      String value = reader.readString();
      text.append(value.equals(collection) ? '"' + value + '"' : VALUE);
    } else if (name.equals(DOCUMENTS)) {
      skip();
    } else {
      value(1);
    }
  }

  private void value(int depth) {
    BsonType type = reader.getCurrentBsonType();
    if (depth > MAX_DEPTH || text.length() > MAX_LENGTH) {
      skip();
    } else if (type == BsonType.DOCUMENT) {
      document(depth);
    } else if (type == BsonType.ARRAY) {
      array(depth);
    } else {
      skip();
    }
  }

  private void document(int depth) {
    text.append('{');
    String between = "";
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      String name = reader.readName();
      if (text.length() > MAX_LENGTH) {
        reader.skipValue();
        continue;
      }
      text.append(between).append('"').append(name).append("\": ");
      between = ", ";
      value(depth + 1);
    }
    reader.readEndDocument();
    text.append('}');
  }

  private void array(int depth) {
    text.append('[');
    String before = "";
    reader.readStartArray();
    for (int i = 0; reader.readBsonType() != BsonType.END_OF_DOCUMENT; i++) {
      if (i >= MAX_ELEMENTS) {
        reader.skipValue();
        continue;
      }
      int begin = text.length();
      text.append(i == 0 ? "" : ", ");
      int element = text.length();
      value(depth + 1);
      String shape = text.substring(element);
      if (shape.equals(before)) {
        text.setLength(begin);
      }
      before = shape;
    }
    reader.readEndArray();
    text.append(']');
  }

  private void skip() {
    reader.skipValue();
    text.append(VALUE);
  }
}
