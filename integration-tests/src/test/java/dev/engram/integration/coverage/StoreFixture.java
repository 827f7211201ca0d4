package dev.engram.integration.coverage;

import static dev.engram.integration.coverage.StoreCall.redis;

import dev.engram.integration.harness.Fixture;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An application that calls a store.
 *
 * @param system the store's name
 * @param calls path of each route, in order, to what its request calls, in order
 */
record StoreFixture(Fixture fixture, String system, Map<String, List<StoreCall>> calls) {
  private static final String QUIET = "org.slf4j:slf4j-nop:2.0.17";
  private static final String EMBEDDED_REDIS = "com.github.codemonstur:embedded-redis:1.4.4";
  private static final StoreCall MONGODB_INSERT =
      orders("insert", "{'insert': 'orders', 'ordered': '?', 'documents': '?'}");
  private static final StoreCall MONGODB_FIND =
      orders(
          "find",
          "{'find': 'orders', 'filter': {'status': '?'}, 'limit': '?', 'singleBatch': '?'}");
  private static final String JEDIS_ERROR = "redis.clients.jedis.exceptions.Jedis%sException";
  private static final String LETTUCE_ERROR = "io.lettuce.core.RedisCommandExecutionException";

  /** The latest version of each last. */
  static List<StoreFixture> all() {
    return List.of(
        jedis("4.0.0"),
        jedis("8.0.2"),
        lettuce("6.0.0.RELEASE"),
        lettuce("7.7.0.RELEASE"),
        mongoDb("5.0.0"),
        mongoDb("5.14.0"),
        mongoDbReactive("5.0.0"),
        mongoDbReactive("5.8.1"));
  }

  private static StoreFixture jedis(String version) {
    Map<String, List<StoreCall>> calls = redisCalls(JEDIS_ERROR.formatted("Data"));
    StoreCall push = redis("LPUSH ? ?").failing(JEDIS_ERROR.formatted("Data"));
    calls.put("/pipeline", List.of(redis("SET ? ?"), push, redis("INCR ?")));
    calls.put("/endless-pipeline", endless());
    calls.put("/broken", List.of(redis("GET ?").failing(JEDIS_ERROR.formatted("Connection"))));
    return redisClient("Jedis", version, "jedis", calls, "redis.clients:jedis:" + version);
  }

  /** The spans of an endless pipeline end with the limit; what follows has spans again. */
  private static List<StoreCall> endless() {
    return Stream.concat(
            Collections.nCopies(1024, redis("INCR ?")).stream(), Stream.of(redis("GET ?")))
        .toList();
  }

  private static StoreFixture lettuce(String version) {
    Map<String, List<StoreCall>> calls = redisCalls(LETTUCE_ERROR);
    calls.put("/async", calls.get("/get"));
    calls.put("/async-refused", calls.get("/refused"));
    calls.put("/reactive", calls.get("/get"));
    StoreCall push = redis("LPUSH ? ?").failing("WRONGTYPE");
    calls.put("/reactive-refused", List.of(redis("SET ? ?"), push));
    calls.put("/pipeline", List.of(redis("SET ? ?"), redis("INCR ?"), redis("GET ?")));
    return redisClient("Lettuce", version, "lettuce", calls, "io.lettuce:lettuce-core:" + version);
  }

  /** What all clients of Redis are made to do. */
  private static Map<String, List<StoreCall>> redisCalls(String error) {
    Map<String, List<StoreCall>> calls = new LinkedHashMap<>();
    calls.put("/get", List.of(redis("SET ? ?"), redis("GET ?")));
    calls.put("/many", List.of(redis("MSET ? ? ? ? ? ? ? ? ...")));
    calls.put("/refused", List.of(redis("SET ? ?"), redis("LPUSH ? ?").failing(error)));
    calls.put(
        "/transaction", List.of(redis("MULTI"), redis("SET ? ?"), redis("INCR ?"), redis("EXEC")));
    return calls;
  }

  private static StoreFixture redisClient(
      String framework,
      String version,
      String sources,
      Map<String, List<StoreCall>> calls,
      String client) {
    String[] coordinates = {QUIET, client, EMBEDDED_REDIS};
    return new StoreFixture(
        fixture(framework, version, sources, coordinates).with("redis"), "redis", calls);
  }

  private static StoreFixture mongoDb(String version) {
    Map<String, List<StoreCall>> calls = new LinkedHashMap<>();
    calls.put("/insert", List.of(MONGODB_INSERT, MONGODB_FIND));
    calls.put(
        "/many",
        List.of(
            MONGODB_INSERT,
            orders("find", "{'find': 'orders', 'filter': {'n': {'$gte': '?'}}, 'batchSize': '?'}"),
            orders("getMore", "{'getMore': '?', 'collection': 'orders', 'batchSize': '?'}")));
    calls.put(
        "/update",
        List.of(
            orders(
                "update",
                "{'update': 'orders', 'ordered': '?', 'updates': [{'q': {'_id': '?'},"
                    + " 'u': {'$set': {'status': '?'}}}]}"),
            orders(
                "delete",
                "{'delete': 'orders', 'ordered': '?', 'deletes': [{'q': {'_id': '?'},"
                    + " 'limit': '?'}]}")));
    calls.put(
        "/aggregate",
        List.of(
            orders(
                "aggregate",
                "{'aggregate': 'orders', 'pipeline': [{'$match': {'n': {'$in': ['?']}}},"
                    + " {'$group': {'_id': '?', 'total': {'$sum': '?'}}}], 'cursor': {}}")));
    refusedByMongoDb(calls);
    return mongoDbClient("MongoDB driver", version, "mongodb", "sync", calls);
  }

  private static StoreFixture mongoDbReactive(String version) {
    Map<String, List<StoreCall>> calls = new LinkedHashMap<>();
    calls.put("/insert", List.of(MONGODB_INSERT, MONGODB_FIND));
    calls.put("/chain", calls.get("/insert"));
    refusedByMongoDb(calls);
    return mongoDbClient(
        "MongoDB reactive driver", version, "mongodb-reactive", "reactivestreams", calls);
  }

  private static void refusedByMongoDb(Map<String, List<StoreCall>> calls) {
    StoreCall unknown = new StoreCall("nothingLikeIt", "{\"nothingLikeIt\": \"?\"}", "");
    calls.put("/duplicate", List.of(MONGODB_INSERT.failing("11000")));
    calls.put("/unknown", List.of(unknown.failing("com.mongodb.MongoCommandException")));
  }

  private static StoreCall orders(String command, String text) {
    return new StoreCall(command + " orders", text.replace('\'', '"'), "");
  }

  private static StoreFixture mongoDbClient(
      String framework,
      String version,
      String sources,
      String driver,
      Map<String, List<StoreCall>> calls) {
    String[] coordinates = {
      QUIET,
      "org.mongodb:mongodb-driver-" + driver + ":" + version,
      "de.bwaldvogel:mongo-java-server:1.47.0"
    };
    return new StoreFixture(
        fixture(framework, version, sources, coordinates).with("mongodb-server"), "mongodb", calls);
  }

  private static Fixture fixture(
      String framework, String version, String sources, String... coordinates) {
    return Fixture.of(framework, version, sources, coordinates).with("routes");
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
