package dev.engram.cli.render;

import java.util.List;

/** Colours, or none. Takes text that is already safe, but for names of services. */
public enum Style {
  COLOUR,
  PLAIN;

  /** Without red and yellow, which say that something failed. */
  private static final List<String> SERVICES =
      List.of("36", "32", "35", "34", "96", "92", "95", "94");

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

  /** A service's name: its colour is its own as far as there are enough, and always the same. */
  public String service(String name) {
    return wrap(SERVICES.get(Math.floorMod(name.hashCode(), SERVICES.size())), SafeText.of(name));
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
