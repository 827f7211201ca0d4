package dev.engram.agent.core.redaction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a user or a session: the same for the same one in every service of a memory home,
 * and of no use to whoever reads it. Thread-safe.
 *
 * <p>The first 64 bits of SHA-256 over the home's salt and the id, in hex digits. A session's id is
 * as good as a password while the session lasts, so it is never kept.
 */
public final class Pseudonyms {
  /** How users are remembered: {@code engram.capture.user}. */
  public static final List<String> MODES = List.of("hash", "plain", "off");

  private static final int BYTES = 8;

  private final boolean plainUsers;
  private volatile byte @Nullable [] salt;

  /**
   * @param mode one of {@link #MODES}
   */
  public Pseudonyms(String mode) {
    plainUsers = mode.equals("plain");
  }

  /** The salt is known; before, ids are redacted. */
  public void salt(byte[] bytes) {
    salt = bytes.clone();
  }

  String user(String id) {
    return plainUsers ? id : session(id);
  }

  String session(String id) {
    byte[] prefix = salt;
    if (prefix == null) {
      return Redaction.REDACTED;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(prefix);
      byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      return Redaction.REDACTED;
    }
  }
}
