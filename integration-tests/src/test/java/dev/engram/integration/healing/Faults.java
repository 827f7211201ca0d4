package dev.engram.integration.healing;

import dev.engram.integration.healing.Fault.Arm;
import dev.engram.integration.healing.Fault.Site;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of fault, in the order of the report. */
final class Faults {
  private static final List<Fault> TRANSIENT =
      List.of(
          passing(
              "pooled-connection-stale",
              Site.CONNECTION,
              "the server closed idle connections of the pool"),
          passing(
              "database-restart",
              Site.CONNECTION,
              "the database is restarted and refuses meanwhile"),
          passing(
              "database-starting",
              Site.CONNECTION,
              "the database answers 57P03, it is starting up"),
          passing(
              "database-connections-full",
              Site.CONNECTION,
              "the database answers 53300, too many connections"),
          passing("pool-exhausted", Site.CONNECTION, "a burst holds every connection of the pool"),
          passing("connection-dropped", Site.SELECT, "the connection is cut while a SELECT runs"),
          passing(
              "backend-terminated",
              Site.SELECT,
              "an administrator ends the backend (57P01) while a SELECT runs"),
          passing(
              "statement-canceled",
              Site.SELECT,
              "the server cancels a SELECT that waited too long (57014)"),
          passing("deadlock", Site.TRANSACTION, "two transactions wait for one another (40P01)"),
          passing(
              "serialization-failure",
              Site.TRANSACTION,
              "a serializable transaction must be repeated (40001)"),
          passing(
              "lock-not-available",
              Site.TRANSACTION,
              "a row is locked for longer than the lock timeout (55P03)"),
          passing(
              "optimistic-lock",
              Site.TRANSACTION,
              "the version of a row has changed since it was read"),
          passing("embedded-lock-timeout", Site.TRANSACTION, "H2 gives up waiting for a lock"),
          passing("connect-refused", Site.HTTP, "nothing listens at the other service's port"),
          passing(
              "reset-before-answer", Site.HTTP, "the connection is reset before the answer begins"),
          passing(
              "reset-mid-answer", Site.HTTP, "the connection is reset in the middle of the answer"),
          passing("too-many-requests", Site.HTTP, "429 without a word about when"),
          passing("too-many-requests-retry-after", Site.HTTP, "429 with Retry-After"),
          passing("unavailable", Site.HTTP, "503 without a word about when"),
          passing("unavailable-retry-after", Site.HTTP, "503 with Retry-After"),
          passing("bad-gateway", Site.HTTP, "502 or 504 from a proxy between"),
          passing(
              "slow-answer",
              Site.HTTP,
              "an answer takes longer than the caller waits, the next one does not"),
          passing("half-open", Site.HTTP, "the connection is taken and nobody answers"),
          passing("kept-alive-closed", Site.HTTP, "a kept connection was closed by the other side"),
          passing(
              "name-not-resolved",
              Site.HTTP,
              "the name of the other service is not known for a moment"),
          passing(
              "cache-stampede",
              Site.HTTP,
              "a cold cache sends every caller to the same slow resource at once"),
          passing("model-overloaded", Site.AI, "the provider is overloaded (503, 529)"),
          passing("model-rate-limited", Site.AI, "the provider answers 429 with Retry-After"),
          passing("model-answer-cut", Site.AI, "the answer, not streamed, ends before its end"),
          passing("model-answer-late", Site.AI, "the first byte comes later than the caller waits"),
          passing("file-locked", Site.METHOD, "another process holds a file's lock"),
          passing(
              "method-fails",
              Site.METHOD,
              "an exception as retried in practice: mostly IOException"),
          passing("node-fails", Site.NODE, "a node fails as methods do"));

  private static final List<Fault> CONTROL =
      List.of(
          staying("null-pointer", "a field is null"),
          staying("bad-number", "the input is no number"),
          staying("index-out-of-bounds", "a defect of the last deploy"),
          staying("class-cast", "a type that nobody expected"),
          staying("illegal-state", "a setting is missing"),
          staying("bad-input", "the other service answers 400"),
          staying("credentials-expired", "the other service answers 401"),
          staying("forbidden", "the other service answers 403"),
          staying("not-found", "the other service answers 404"),
          staying("unprocessable", "the other service answers 422"),
          staying("unique-violated", "23505"),
          staying("not-null-violated", "23502"),
          staying("table-missing", "42P01"),
          staying("syntax-error", "42601"),
          staying("permission-denied", "42501"),
          staying("value-too-long", "22001"),
          staying("poison-message", "a message that cannot be parsed, however often"),
          staying("certificate-expired", "the other service's certificate has expired"),
          staying("model-refuses", "the provider answers 400, the prompt is too long"));

  private static final List<Fault> HARM =
      List.of(
          harmful(
              "payment-answer-lost",
              "a POST that is not idempotent took effect, its answer is lost"),
          harmful(
              "insert-answer-lost",
              "an INSERT took effect, the connection is cut before its answer"),
          harmful("inside-transaction", "a SELECT fails inside an open transaction"),
          harmful("select-for-update", "a SELECT that locks, or calls a function with effects"),
          harmful("stream-consumed", "an answer fails after the caller has read a part of it"),
          harmful(
              "while-synchronized",
              "a call fails while the caller holds a monitor that others wait for"),
          harmful("melting-dependency", "another service gets slower the more it is asked"),
          harmful("stale-price", "an old answer would be wrong: a price, a balance, a permission"));

  private Faults() {}

  static List<Fault> all() {
    return Stream.of(TRANSIENT, CONTROL, HARM).flatMap(List::stream).toList();
  }

  static List<Fault> of(Arm arm) {
    return all().stream().filter(fault -> fault.arm() == arm).toList();
  }

  private static Fault passing(String name, Site site, String what) {
    return new Fault(name, Arm.TRANSIENT, site, what);
  }

  private static Fault staying(String name, String what) {
    return new Fault(name, Arm.CONTROL, Site.CODE, what);
  }

  private static Fault harmful(String name, String what) {
    return new Fault(name, Arm.HARM, Site.CODE, what);
  }
}
