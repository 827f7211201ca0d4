package dev.engram.agent.core.http;

import dev.engram.agent.core.json.BoundedJson;
import org.jspecify.annotations.Nullable;

/**
 * What a body of several parts has: their names and sizes, as JSON of bounded length, and nothing
 * of what they hold. Used by one thread at a time.
 */
public final class BodyParts {
  private final BoundedJson json;
  private boolean empty = true;

  /**
   * @param limit characters to keep
   */
  BodyParts(int limit) {
    json = new BoundedJson(limit);
  }

  /**
   * One more part, as it names itself.
   *
   * @param name of the field, or null
   * @param filename null when it is no file
   * @param contentType as sent, or null
   * @param size bytes of its content
   */
  public void add(
      @Nullable String name, @Nullable String filename, @Nullable String contentType, long size) {
    begin(name, filename, contentType, size).raw("}");
  }

  /** The same of one that broke off. */
  void addCut(
      @Nullable String name, @Nullable String filename, @Nullable String contentType, long size) {
    begin(name, filename, contentType, size).raw(",\"complete\":false}");
  }

  boolean isEmpty() {
    return empty;
  }

  /** Whether of further parts nothing is kept but how long they are. */
  boolean isFull() {
    return json.isCut();
  }

  /** An array with an object for each part, cut where it is too long. */
  String json() {
    return wholeSize() == 0 ? json + "]" : json.toString();
  }

  /** Bytes of the whole when there were more parts than are kept, else 0. */
  long wholeSize() {
    return json.wholeSize();
  }

  private BoundedJson begin(
      @Nullable String name, @Nullable String filename, @Nullable String contentType, long size) {
    json.raw(empty ? "[{" : ",{");
    empty = false;
    member("name", name);
    member("filename", filename);
    member("content_type", contentType);
    return json.raw("\"size\":").raw(Long.toString(size));
  }

  private void member(String key, @Nullable String value) {
    if (value != null) {
      json.field(key, value).raw(",");
    }
  }
}
