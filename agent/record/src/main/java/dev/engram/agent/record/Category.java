package dev.engram.agent.record;

import java.util.Locale;

/** What sort of operation a span is, with its wire code. */
public enum Category {
  METHOD(1),
  HTTP(2),
  SQL(3),
  AI(4),
  TOOL(5),
  WORKFLOW(6),
  NODE(7),
  DECISION(8),
  MESSAGING(9),
  RPC(10),

  /** A call of a store that is not asked in SQL. */
  DB(11);

  private final int code;

  Category(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The name users see: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of this code; METHOD for one this version does not know. */
  public static Category ofCode(int code) {
    for (Category category : values()) {
      if (category.code == code) {
        return category;
      }
    }
    return METHOD;
  }
}
