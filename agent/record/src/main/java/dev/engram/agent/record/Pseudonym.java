package dev.engram.agent.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What stands for a user or a session in a memory home. Pure. */
public final class Pseudonym {
  private static final int BYTES = 8;

  private Pseudonym() {}

  /**
   * The first 64 bits of SHA-256 over the home's salt and the id in UTF-8, in hex digits.
   *
   * @throws NoSuchAlgorithmException on no JVM there is
   */
  public static String of(byte[] salt, String id) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(salt);
    byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
  }
}
