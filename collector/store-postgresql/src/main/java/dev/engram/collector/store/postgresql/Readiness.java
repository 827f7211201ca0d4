package dev.engram.collector.store.postgresql;

/**
 * Whether the tables are known to be there and of this version; found out with the first use, and
 * again after a failure. Thread-safe.
 */
final class Readiness {
  private final Connections connections;
  private final PostgresAddress address;
  private final Connections.Work<?> look;
  private volatile boolean known;

  private Readiness(Connections connections, PostgresAddress address, Connections.Work<?> look) {
    this.connections = connections;
    this.address = address;
    this.look = look;
  }

  /** One that makes the tables, or brings them up to date. */
  static Readiness making(Connections toWrite, PostgresAddress address) {
    return new Readiness(
        toWrite,
        address,
        connection -> {
          Schema.upgrade(connection, address);
          return address;
        });
  }

  /** One that only looks. */
  static Readiness looking(Connections toRead, PostgresAddress address) {
    return new Readiness(
        toRead,
        address,
        connection -> {
          Schema.require(connection, address);
          return address;
        });
  }

  void require() {
    if (!known) {
      connections.inTransaction(look);
      known = true;
    }
  }

  /** Refuses to go on where a newer collector has changed the tables meanwhile. */
  void requireStill(int version) {
    if (version != Schema.VERSION) {
      throw Failures.newer(address, version);
    }
  }

  /** The server may be another one from now on. */
  void forget() {
    known = false;
  }
}
