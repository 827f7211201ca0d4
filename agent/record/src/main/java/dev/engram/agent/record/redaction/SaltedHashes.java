package dev.engram.agent.record.redaction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The first 64 bits of SHA-256 over a salt and an id, in hex digits. A digest costs as much as the
 * rest of a span, and one session makes many requests, so the hashes of some ids are kept: in the
 * memory of the service, which has the ids anyway. Thread-safe, without locks.
 */
final class SaltedHashes {
  /** A power of two; an id has one place, and the latest to come has it. */
  static final int PLACES = 512;

  /** In characters; whoever chooses longer ones shall not choose how much memory they take. */
  static final int LONGEST_KEPT = 128;

  private static final int BYTES = 8;

  private record Known(String id, String hash) {}

  private final byte[] salt;
  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  SaltedHashes(byte[] salt) {
    this.salt = salt.clone();
  }

  String of(String id) throws NoSuchAlgorithmException {
    if (id.length() > LONGEST_KEPT) {
      return digest(id);
    }
    int place = place(id);
    Known known = places.get(place);
    if (known == null || !known.id.equals(id)) {
      known = new Known(id, digest(id));
      places.set(place, known);
    }
    return known.hash;
  }

  private String digest(String id) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(salt);
    byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
  }

  /** Ids that differ in their first characters alone differ in the upper bits of their code. */
  private static int place(String id) {
    int code = id.hashCode();
    return (code ^ code >>> 16) & (PLACES - 1);
  }
}
