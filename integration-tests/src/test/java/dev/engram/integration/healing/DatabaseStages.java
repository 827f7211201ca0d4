package dev.engram.integration.healing;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stage of each fault of a PostgreSQL database. */
final class DatabaseStages {
  private static final String WHOLE_TABLE = "LOCK TABLE stock IN ACCESS EXCLUSIVE MODE";
  private static final String ROW = "UPDATE stock SET pieces = pieces WHERE id = 1";
  private static final String VERSION = "UPDATE stock SET version = version + 1 WHERE id = 1";
  private static final String METHOD = "method com.acme.Warehouse#";

  private DatabaseStages() {}

  /** By the names of their faults, all of which pass. */
  static Map<String, Stage> passing() throws IOException {
    PlayedServer server = new PlayedServer();
    Map<String, Stage> stages = new LinkedHashMap<>();
    connections(stages, server);
    selects(stages, server);
    transactions(stages, server);
    return stages;
  }

  /** Those that stay. */
  static Map<String, Stage> staying() throws IOException {
    PlayedDatabase database = new PlayedDatabase(new PlayedServer());
    return Map.of("permission-denied", new DeniedStage(database));
  }

  /** Nobody may read from the database while the rival has it; none waits for longer than this. */
  static RivalStage forUpdate() throws IOException {
    PlayedDatabase database = new PlayedDatabase(new PlayedServer(), "statement_timeout = '150ms'");
    return new RivalStage(database, "/pieces-for-update", "", ROW, (here, rival, process) -> false);
  }

  private static void connections(Map<String, Stage> stages, PlayedServer server)
      throws IOException {
    stages.put(
        "pooled-connection-stale",
        new OutageStage(new PlayedDatabase(server), PlayedDatabase::endSessions, here -> {}));
    stages.put(
        "database-restart",
        new OutageStage(
            new PlayedDatabase(server),
            here -> {
              here.front().absent(true);
              here.endSessions();
            },
            here -> here.front().absent(false)));
    stages.put(
        "database-starting",
        new OutageStage(
            new PlayedDatabase(server),
            here -> {
              here.front().starting(true);
              here.endSessions();
            },
            here -> here.front().starting(false)));
    stages.put(
        "database-connections-full",
        new OutageStage(
            new PlayedDatabase(server),
            here -> {
              here.execute("ALTER ROLE %s CONNECTION LIMIT 0");
              here.endSessions();
            },
            here -> here.execute("ALTER ROLE %s CONNECTION LIMIT -1")));
  }

  private static void selects(Map<String, Stage> stages, PlayedServer server) throws IOException {
    stages.put(
        "connection-dropped",
        select(
            new PlayedDatabase(server),
            (here, rival, process) -> {
              here.front().cut();
              return false;
            }));
    stages.put(
        "backend-terminated",
        select(
            new PlayedDatabase(server),
            (here, rival, process) -> {
              rival.execute("SELECT pg_terminate_backend(" + process + ")");
              return false;
            }));
    stages.put(
        "statement-canceled",
        select(
            new PlayedDatabase(server, "statement_timeout = '150ms'"),
            (here, rival, process) -> false));
  }

  private static Stage select(PlayedDatabase database, RivalStage.Strike strike) {
    return new RivalStage(database, "/pieces", "select " + database.address(), WHOLE_TABLE, strike);
  }

  private static void transactions(Map<String, Stage> stages, PlayedServer server)
      throws IOException {
    stages.put(
        "deadlock",
        new RivalStage(
            new PlayedDatabase(server, "deadlock_timeout = '300ms'"),
            "/move",
            METHOD + "move",
            ROW,
            (here, rival, process) -> {
              rival.execute("UPDATE stock SET pieces = pieces WHERE id = 2");
              return true;
            }));
    stages.put(
        "serialization-failure",
        new RivalStage(
            new PlayedDatabase(server),
            "/take-serializable",
            METHOD + "takeSerializable",
            ROW,
            (here, rival, process) -> true));
    stages.put(
        "lock-not-available",
        new RivalStage(
            new PlayedDatabase(server, "lock_timeout = '150ms'"),
            "/take",
            METHOD + "take",
            ROW,
            (here, rival, process) -> false));
    stages.put(
        "optimistic-lock",
        new RivalStage(
            new PlayedDatabase(server),
            "/take-versioned",
            METHOD + "takeVersioned",
            VERSION,
            (here, rival, process) -> true));
  }

  /** A table that the service's user may not read. */
  private record DeniedStage(PlayedDatabase database) implements Stage {
    @Override
    public String event(int number, Episode episode) throws IOException {
      return database.request("/secret");
    }

    @Override
    public String other() throws IOException {
      return database.request("/pieces");
    }

    @Override
    public String place() {
      return METHOD + "secret";
    }

    @Override
    public int asked() {
      return -1;
    }

    @Override
    public void close() throws IOException {
      database.close();
    }
  }
}
