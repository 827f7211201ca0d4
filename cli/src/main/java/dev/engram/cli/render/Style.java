package dev.engram.cli.render;

/** Colours, or none. Takes text that is already safe. */
public enum Style {
  COLOUR,
  PLAIN;

  public String bold(String text) {
    return wrap("1", text);
  }

  public String dim(String text) {
    return wrap("2", text);
  }

  public String red(String text) {
    return wrap("31", text);
  }

  public String green(String text) {
    return wrap("32", text);
  }

  public String yellow(String text) {
    return wrap("33", text);
  }

  public String cyan(String text) {
    return wrap("36", text);
  }

  /** A span's status in the colour people expect. */
  public String status(String status, String text) {
    return switch (status) {
      case "error", "interrupted" -> red(text);
      case "in_progress" -> cyan(text);
      default -> text;
    };
  }

  private String wrap(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
