package dev.engram.agent.record.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code control/switches.json} says: settings that hold, while the file is there, over those
 * that services were started with. Immutable.
 *
 * @param serial rises with each writing; readers take no lower one than they have
 * @param expires when the file ceases to count; null for never
 * @param values by key, without the prefix {@code engram.}, as text the way settings are written
 */
public record Switches(long serial, @Nullable Instant expires, Map<String, String> values) {
  public static final Switches NONE = new Switches(0, null, Map.of());

  /** In bytes; a longer file is not read. */
  public static final int MAX_LENGTH = 64 << 10;

  public static final String CAPTURE = "capture";
  public static final List<String> CAPTURE_LEVELS = List.of("all", "errors", "off");
  public static final String IGNORE_URLS = "ignore.urls";
  public static final String IGNORE_METHODS = "ignore.methods";

  private static final String PREFIX = "engram.";
  private static final String SERIAL = "serial";
  private static final String EXPIRES = "expires";
  private static final String SWITCHES = "switches";
  private static final Set<String> MEMBERS = Set.of(SERIAL, EXPIRES, SWITCHES);

  public Switches {
    values = Map.copyOf(values);
  }

  /** The key that switches one instrumentation. */
  public static String ofInstrumentation(String name) {
    return "instrumentation." + name + ".enabled";
  }

  /** The key as this file has it; the prefix may be written, even again, or left out. */
  public static String key(String typed) {
    String key = typed;
    while (key.startsWith(PREFIX)) {
      key = key.substring(PREFIX.length());
    }
    return key;
  }

  /**
   * Reads a file's text. Keys and values are not judged here.
   *
   * @throws MalformedControlFileException when it is no such text
   */
  public static Switches parse(String json) throws MalformedControlFileException {
    if (!(JsonReader.read(json) instanceof Map<?, ?> file)) {
      throw new MalformedControlFileException("is no JSON object");
    }
    for (Object member : file.keySet()) {
      if (!MEMBERS.contains(member)) {
        throw new MalformedControlFileException("has the unknown member " + member);
      }
    }
    if (!(file.get(SERIAL) instanceof Long serial) || serial < 1) {
      throw new MalformedControlFileException("needs a serial of 1 or more");
    }
    if (!(file.get(SWITCHES) instanceof Map<?, ?> switches)) {
      throw new MalformedControlFileException("needs an object named switches");
    }
    return new Switches(serial, new JsonMembers(file).instant(EXPIRES), values(switches));
  }

  /** The file's text, its keys in order. */
  public String toJson() {
    StringBuilder json = new StringBuilder("{\n  \"serial\": ").append(serial);
    if (expires != null) {
      json.append(",\n  \"expires\": ").append(JsonText.quoted(expires.toString()));
    }
    Map<String, Object> ordered = new TreeMap<>(values);
    return json.append(",\n  \"switches\": ")
        .append(JsonText.object(ordered, 1))
        .append("\n}\n")
        .toString();
  }

  private static Map<String, String> values(Map<?, ?> switches)
      throws MalformedControlFileException {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<?, ?> entry : switches.entrySet()) {
      String key = key(String.valueOf(entry.getKey()));
      if (values.put(key, text(key, entry.getValue())) != null) {
        throw new MalformedControlFileException("has " + key + " twice");
      }
    }
    return values;
  }

  private static String text(String key, Object value) throws MalformedControlFileException {
    if (value instanceof List<?> list) {
      List<String> words = new ArrayList<>();
      for (Object word : list) {
        words.add(text(key, word));
      }
      return String.join(",", words);
    }
    if (value instanceof Map) {
      throw new MalformedControlFileException("has no value for " + key);
    }
    return value.toString();
  }
}
