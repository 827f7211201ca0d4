package dev.engram.cli.launch;

import dev.engram.cli.CommandException;
import dev.engram.cli.Version;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A jar that travels inside {@code engram.jar}. */
public enum PackedJar {
  AGENT("engram-agent"),
  SAMPLE_SHOP("engram-sample-shop");

  private static final int HASH_BYTES = 6;

  private final String baseName;

  PackedJar(String baseName) {
    this.baseName = baseName;
  }

  /**
   * Where it lies in the home's library, unpacked when it is not there yet. The name holds version
   * and content hash: a running service keeps the file it was started with.
   */
  public Path unpack(Home home) {
    return unpack(home.library());
  }

  /** The same in any folder. */
  public Path unpack(Path folder) {
    byte[] content = content();
    String name = baseName + "-" + Version.TEXT + "-" + hash(content) + ".jar";
    Path target = folder.resolve(name);
    try {
      if (!isThere(content, target)) {
        write(content, target);
      }
      return target;
    } catch (IOException impossible) {
      throw new CommandException(
          "cannot unpack " + target + " (" + impossible + "); free space or choose another --home",
          impossible);
    }
  }

  /** Its bytes are compared, because a service runs them. */
  private static boolean isThere(byte[] content, Path target) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == content.length
        && Arrays.equals(Files.readAllBytes(target), content);
  }

  /** Readers see the whole file or none; the temporary one is the owner's alone. */
  private static void write(byte[] content, Path target) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    Path partial = Files.createTempFile(parent, ".unpacking-", ".jar");
    try {
      Files.write(partial, content);
      try (FileChannel file = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private byte[] content() {
    String resource = "/dev/engram/cli/packed/" + baseName + ".jar";
    try (InputStream packed = PackedJar.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new CommandException(
            "this engram.jar holds no " + baseName + ".jar; build it with: mvn package");
      }
      return packed.readAllBytes();
    } catch (IOException unreadable) {
      throw new CommandException("cannot read engram.jar (" + unreadable + ")", unreadable);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
