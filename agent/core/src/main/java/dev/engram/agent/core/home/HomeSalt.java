package dev.engram.agent.core.home;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * The salt of a memory home, which all its services share. Whoever needs it first makes it: written
 * whole under another name, then linked, so that of two makers one wins and nobody reads half of
 * it. Used on the writer thread.
 */
public final class HomeSalt {
  private static final int BYTES = 32;

  private HomeSalt() {}

  /**
   * Reads the salt, or makes one.
   *
   * @throws IOException when that cannot be done, or others may have made it
   */
  public static byte[] of(Path home) throws IOException {
    Path folder = home.resolve(HomeLayout.CONTROL);
    Path file = folder.resolve(HomeLayout.SALT);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      make(folder, file);
    }
    TrustedPaths.requireOwn(folder);
    TrustedPaths.requireOwn(file);
    byte[] salt = Files.readAllBytes(file);
    if (salt.length != BYTES) {
      throw new IOException("it is " + salt.length + " bytes long, not " + BYTES);
    }
    return salt;
  }

  private static void make(Path folder, Path file) throws IOException {
    MemoryHome.createPrivate(folder);
    TrustedPaths.requireOwn(folder);
    byte[] salt = new byte[BYTES];
    new SecureRandom().nextBytes(salt);
    Path unfinished =
        Files.createFile(folder.resolve(HomeLayout.NEW_PREFIX + UUID.randomUUID()), Modes.FILE);
    try {
      Files.write(unfinished, salt);
      Files.createLink(file, unfinished);
    } catch (FileAlreadyExistsException another) {
      // Another service that starts now was quicker.
    } finally {
      Files.delete(unfinished);
    }
  }
}
