package dev.engram.agent.record.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code recall/<service>.json} says: what a service may recall, written by the collector and
 * read by the service's agent. Members that a reader does not know are passed over, so that a newer
 * collector serves an older agent. Immutable.
 *
 * @param expires when it ceases to count
 * @param recollections of one name latest first, and of what is known against one error best first
 */
public record RecallFile(Instant expires, List<Recollection> recollections) {
  /** In bytes; a longer file is not read. */
  public static final int MAX_LENGTH = 256 << 10;

  /** Recollections of one file. */
  public static final int MOST = 1_024;

  public RecallFile {
    recollections = List.copyOf(recollections);
  }

  /**
   * Reads a file's text.
   *
   * @throws MalformedControlFileException when it is no such text
   */
  public static RecallFile parse(String json) throws MalformedControlFileException {
    JsonMembers file = JsonMembers.of(JsonReader.read(json), "is no JSON object");
    List<Recollection> recollections = new ArrayList<>();
    for (JsonMembers members : file.objects("recollections", MOST)) {
      recollections.add(Recollection.of(members));
    }
    return new RecallFile(file.requiredInstant("expires"), recollections);
  }

  /** The file's text. */
  public String toJson() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("expires", expires.toString());
    file.put("recollections", recollections.stream().map(Recollection::members).toList());
    return JsonText.object(file);
  }
}
