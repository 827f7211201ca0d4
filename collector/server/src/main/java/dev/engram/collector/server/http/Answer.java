package dev.engram.collector.server.http;

import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param body becomes a JSON object
 */
public record Answer(int status, Map<String, Object> body) {
  /** It is on the disk, and will be where it belongs. */
  public static Answer accepted() {
    return new Answer(202, Map.of("accepted", true));
  }

  static Answer of(RefusedException refused) {
    return new Answer(refused.status(), Map.of("error", String.valueOf(refused.getMessage())));
  }
}
