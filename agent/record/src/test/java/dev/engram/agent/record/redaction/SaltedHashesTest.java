package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaltedHashesTest {
  private static final byte[] SALT = {1, 2, 3};

  private final SaltedHashes hashes = new SaltedHashes(SALT);

  @Test
  void hash_isMadeOnce_forAnIdThatComesAgain() throws NoSuchAlgorithmException {
    String hash = hashes.of("3f2a");

    assertThat(hash).isEqualTo(expected("3f2a"));
    assertThat(hashes.of(new String("3f2a".toCharArray()))).isSameAs(hash);
  }

  @Test
  void manyIds_keepTheirHashes_andNoMoreMemoryThanFew() throws NoSuchAlgorithmException {
    List<String> first = new ArrayList<>();
    for (int id = 0; id < 20_000; id++) {
      first.add(hashes.of("user-" + id));
    }
    int kept = 0;
    for (int id = first.size() - 1; id >= 0; id--) {
      String again = hashes.of("user-" + id);
      assertThat(again).isEqualTo(first.get(id));
      kept += isSame(again, first.get(id)) ? 1 : 0;
    }

    assertThat(first.get(4711)).isEqualTo(expected("user-4711"));
    assertThat(kept).isBetween(SaltedHashes.PLACES / 2, SaltedHashes.PLACES);
  }

  @Test
  void longId_isHashedAndNotKept() throws NoSuchAlgorithmException {
    String longest = "x".repeat(SaltedHashes.LONGEST_KEPT);

    assertThat(hashes.of(longest)).isSameAs(hashes.of(longest));
    assertThat(hashes.of(longest + "x"))
        .isEqualTo(expected(longest + "x"))
        .isNotSameAs(hashes.of(longest + "x"));
  }

  @SuppressWarnings("ReferenceEquality") // what is kept is the same object
  private static boolean isSame(String one, String other) {
    return one == other;
  }

  private static String expected(String id) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(SALT);
    return HexFormat.of()
        .formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)))
        .substring(0, 16);
  }
}
