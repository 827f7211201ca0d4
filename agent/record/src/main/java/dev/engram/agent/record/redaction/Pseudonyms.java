package dev.engram.agent.record.redaction;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a user or a session: the same for the same one in every service of a memory home,
 * and of no use to whoever reads it. Thread-safe.
 *
 * <p>A session's id is as good as a password while the session lasts, so it is never remembered.
 */
public final class Pseudonyms {
  /** How users are remembered: {@code engram.capture.user}. */
  public static final List<String> MODES = List.of("hash", "plain", "off");

  private final boolean plainUsers;
  private volatile @Nullable SaltedHashes hashes;

  /**
   * @param mode one of {@link #MODES}
   */
  public Pseudonyms(String mode) {
    plainUsers = mode.equals("plain");
  }

  /** The salt is known; before, ids are redacted. */
  public void salt(byte[] bytes) {
    hashes = new SaltedHashes(bytes);
  }

  String user(String id) {
    return plainUsers ? id : session(id);
  }

  String session(String id) {
    SaltedHashes salted = hashes;
    if (salted == null) {
      return Redaction.REDACTED;
    }
    try {
      return salted.of(id);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      return Redaction.REDACTED;
    }
  }
}
