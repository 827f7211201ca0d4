package dev.engram.agent.core.remedy;

import org.jspecify.annotations.Nullable;

/** Reads the text of an answer that somebody has set. Pure. */
final class SetAnswer {
  private SetAnswer() {}

  /**
   * What the text is as a value of this type: text, a number, or true and false.
   *
   * @param type by its name
   * @return null when it is none of this type
   * @throws NumberFormatException when it is no such number
   */
  static @Nullable Object of(String text, String type) {
    return switch (type) {
      case "java.lang.String", "java.lang.CharSequence" -> text;
      case "boolean", "java.lang.Boolean" -> flag(text);
      case "int", "java.lang.Integer" -> Integer.valueOf(text);
      case "long", "java.lang.Long" -> Long.valueOf(text);
      case "double", "java.lang.Double" -> Double.valueOf(text);
      case "float", "java.lang.Float" -> Float.valueOf(text);
      case "short", "java.lang.Short" -> Short.valueOf(text);
      case "byte", "java.lang.Byte" -> Byte.valueOf(text);
      default -> null;
    };
  }

  private static @Nullable Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }
}
