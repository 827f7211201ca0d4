package dev.engram.integration.healing;

import static dev.engram.integration.healing.FaultyPeer.status;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stage of each fault that the suite can play so far. */
final class Stages {
  /** Hikari waits for so long in the fixture, and H2 for a lock. */
  private static final long POOL_MILLIS = 260;

  private static final long LOCK_MILLIS = 80;

  private Stages() {}

  /** By the names of their faults, all of which pass. */
  static Map<String, Stage> passing(Path hosts) throws IOException {
    Map<String, Stage> stages = new LinkedHashMap<>();
    stages.put(
        "pool-exhausted",
        new TimedStage("connection jdbc:h2:mem:narrow", POOL_MILLIS, it -> "/connection?" + it));
    stages.put(
        "embedded-lock-timeout",
        new TimedStage("method com.acme.Shop#countOne", LOCK_MILLIS, it -> "/count?" + it));
    stages.put("connect-refused", AbsentStage.unbound());
    stages.put("reset-before-answer", PeerStage.asked("/get", i -> FaultyPeer::reset));
    stages.put("reset-mid-answer", PeerStage.asked("/get", i -> FaultyPeer::resetMidAnswer));
    stages.put("too-many-requests", PeerStage.asked("/get", i -> status(429)));
    stages.put(
        "too-many-requests-retry-after",
        PeerStage.asked("/get", i -> status(429, "Retry-After: 1")));
    stages.put("unavailable", PeerStage.asked("/get", i -> status(503)));
    stages.put(
        "unavailable-retry-after", PeerStage.asked("/get", i -> status(503, "Retry-After: 1")));
    stages.put("bad-gateway", PeerStage.asked("/get", i -> status(i % 2 == 0 ? 502 : 504)));
    stages.put("slow-answer", PeerStage.asked("/get", i -> FaultyPeer::slow));
    stages.put("half-open", PeerStage.asked("/get", i -> FaultyPeer::silent));
    stages.put(
        "kept-alive-closed", PeerStage.at(new FaultyPeer(true), "/get", i -> FaultyPeer::hangUp));
    stages.put("name-not-resolved", AbsentStage.unnamed(hosts));
    stages.put("cache-stampede", new StampedeStage());
    stages.put("model-overloaded", PeerStage.model(i -> status(i % 2 == 0 ? 503 : 529)));
    stages.put("model-rate-limited", PeerStage.model(i -> status(429, "Retry-After: 1")));
    stages.put("model-answer-cut", PeerStage.model(i -> FaultyPeer::resetMidAnswer));
    stages.put("model-answer-late", PeerStage.model(i -> FaultyPeer::silent));
    stages.put(
        "file-locked", new TimedStage("method com.acme.Methods#write", 0, it -> "/file?" + it));
    stages.put(
        "method-fails", new MethodStage("method-fails", "/method", "method com.acme.Methods#load"));
    stages.put("node-fails", new MethodStage("node-fails", "/node", "node stocktaking/load"));
    stages.putAll(DatabaseStages.passing());
    return stages;
  }

  /** Those that stay. */
  static Map<String, Stage> staying() throws IOException {
    Map<String, Stage> stages = new LinkedHashMap<>();
    for (String mistake :
        new String[] {
          "null-pointer",
          "bad-number",
          "index-out-of-bounds",
          "class-cast",
          "illegal-state",
          "poison-message"
        }) {
      stages.put(mistake, mistaken("method com.acme.Mistakes#make", "/mistake?" + mistake));
    }
    stages.put("bad-input", PeerStage.asked("/get", i -> status(400)));
    stages.put("credentials-expired", PeerStage.asked("/get", i -> status(401)));
    stages.put("forbidden", PeerStage.asked("/get", i -> status(403)));
    stages.put("not-found", PeerStage.asked("/get", i -> status(404)));
    stages.put("unprocessable", PeerStage.asked("/get", i -> status(422)));
    stages.put("unique-violated", sql("INSERT INTO stock VALUES (1, 1)"));
    stages.put("not-null-violated", sql("INSERT INTO word VALUES (NULL)"));
    stages.put("table-missing", sql("SELECT * FROM missing"));
    stages.put("syntax-error", sql("SELECT FROM WHERE"));
    stages.put("value-too-long", sql("INSERT INTO word VALUES ('long')"));
    stages.put("certificate-expired", new ExpiredStage());
    stages.put("model-refuses", PeerStage.model(i -> status(400)));
    stages.putAll(DatabaseStages.staying());
    return stages;
  }

  private static Stage sql(String statement) {
    String query = URLEncoder.encode(statement, StandardCharsets.UTF_8);
    return mistaken("method com.acme.Shop#mistaken", "/mistaken-sql?" + query);
  }

  private static Stage mistaken(String place, String request) {
    return new TimedStage(place, 0, millis -> millis == 0 ? "/mistake?none" : request);
  }
}
