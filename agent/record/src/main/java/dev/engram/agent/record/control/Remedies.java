package dev.engram.agent.record.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code control/remedies.json} says: the remedies that services of this home apply until it
 * expires, so that those of a collector that is gone end by themselves. Members that a reader does
 * not know are passed over. Immutable.
 *
 * @param serial rises with each writing, to the highest; readers take no lower one than they have
 * @param expires when it ceases to count
 */
public record Remedies(long serial, Instant expires, List<Remedy> remedies) {
  public static final Remedies NONE = new Remedies(0, Instant.MAX, List.of());

  /** In bytes; a longer file is not read. */
  public static final int MAX_LENGTH = 256 << 10;

  /** A higher one is not read: writers could not count on from any. */
  public static final long HIGHEST_SERIAL = 1L << 53;

  /** Remedies of one file. */
  public static final int MOST = 500;

  public Remedies {
    remedies = List.copyOf(remedies);
  }

  /**
   * Reads a file's text. Remedies of a kind that is not known here are among them: a newer
   * collector may write what an older service cannot do.
   *
   * @throws MalformedControlFileException when it is no such text, or something in it is out of its
   *     bounds: then none of it counts
   */
  public static Remedies parse(String json) throws MalformedControlFileException {
    JsonMembers file = JsonMembers.of(JsonReader.read(json), "is no JSON object");
    List<Remedy> remedies = new ArrayList<>();
    for (JsonMembers members : file.objects("remedies", MOST)) {
      remedies.add(Remedy.of(members));
    }
    return new Remedies(
        file.whole("serial", 1, HIGHEST_SERIAL), file.requiredInstant("expires"), remedies);
  }

  /** Those whose kind is known here. */
  public Remedies known() {
    return new Remedies(
        serial, expires, remedies.stream().filter(it -> it.kind() != null).toList());
  }

  /** The file's text. */
  public String toJson() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("serial", serial);
    file.put("expires", expires.toString());
    file.put("remedies", remedies.stream().map(Remedy::members).toList());
    return JsonText.object(file);
  }
}
