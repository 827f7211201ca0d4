package dev.engram.agent.record.redaction;

import dev.engram.agent.record.Pseudonym;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * {@link Pseudonym}s of one salt. A digest costs as much as the rest of a span, and one session
 * makes many requests, so some are kept: in the memory of the service, which has the ids anyway.
 * Thread-safe, without locks.
 */
final class SaltedHashes {
  /** A power of two; an id has one place, and the latest to come has it. */
  static final int PLACES = 512;

  /** In characters; whoever chooses longer ones shall not choose how much memory they take. */
  static final int LONGEST_KEPT = 128;

  private record Known(String id, String hash) {}

  private final byte[] salt;
  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  SaltedHashes(byte[] salt) {
    this.salt = salt.clone();
  }

  String of(String id) throws NoSuchAlgorithmException {
    if (id.length() > LONGEST_KEPT) {
      return Pseudonym.of(salt, id);
    }
    int place = place(id);
    Known known = places.get(place);
    if (known == null || !known.id.equals(id)) {
      known = new Known(id, Pseudonym.of(salt, id));
      places.set(place, known);
    }
    return known.hash;
  }

  /** Ids that differ in their first characters alone differ in the upper bits of their code. */
  private static int place(String id) {
    int code = id.hashCode();
    return (code ^ code >>> 16) & (PLACES - 1);
  }
}
