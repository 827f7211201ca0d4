package dev.engram.collector.server;

import dev.engram.agent.record.Pseudonym;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.agent.record.ring.UntrustedPathException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A memory home: one folder of one operating-system user. What lies in it might be anybody's where
 * somebody else may write, and some of it is run: the database's library, the agent.
 *
 * @param folder absolute; need not exist
 */
public record Home(Path folder) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /**
   * Folders whose entries are looked at one by one; those of instances, and what was told, their
   * intake looks at.
   */
  private static final List<String> LOOKED_INTO =
      List.of(
          "",
          HomeLayout.CONTROL,
          HomeLayout.RECALL,
          HomeLayout.STORE,
          HomeLayout.STORE + "/lib",
          HomeLayout.LIBRARY);

  /** Where unpacked jars lie; made when missing. */
  public Path library() {
    return make(prepare().folder.resolve(HomeLayout.LIBRARY));
  }

  /** Where what people switch lies; made when missing. */
  public Path control() {
    return make(prepare().folder.resolve(HomeLayout.CONTROL));
  }

  /** Where what services may recall lies; made when missing. */
  Path recall() {
    return make(prepare().folder.resolve(HomeLayout.RECALL));
  }

  /**
   * What stands for this user in what the services of this home remember; empty where none of them
   * has asked for a salt yet.
   *
   * @throws HomeException when the salt cannot be read
   */
  public Optional<String> pseudonym(String user) {
    try {
      byte[] salt = Files.readAllBytes(folder.resolve(HomeLayout.CONTROL).resolve(HomeLayout.SALT));
      return Optional.of(Pseudonym.of(salt, user));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | NoSuchAlgorithmException unreadable) {
      throw new HomeException(
          "cannot read the salt in " + folder + " (" + unreadable + "): mend its rights",
          unreadable);
    }
  }

  /**
   * Makes the folder when it is missing, for its owner alone.
   *
   * @throws HomeException when it cannot be written, or is not to be trusted
   */
  public Home prepare() {
    refuseOthers();
    make(folder);
    if (!Files.isWritable(folder)) {
      throw new HomeException(
          "cannot write to " + folder + "; give its owner the right, or choose --home", null);
    }
    return this;
  }

  /**
   * Looks at the folder, if it is there, before anything in it is used.
   *
   * @throws HomeException when it or something in it belongs to somebody else, may be written by
   *     others or is a link; the home itself may be one
   */
  public Home refuseOthers() {
    try {
      TrustedPaths.requireSafeWayTo(folder);
      if (Files.isDirectory(folder)) {
        TrustedPaths.requireOwn(folder.toRealPath());
        for (String name : LOOKED_INTO) {
          refuseOthersIn(folder.resolve(name));
        }
      }
    } catch (UntrustedPathException untrusted) {
      throw new HomeException(String.valueOf(untrusted.getMessage()), untrusted);
    } catch (IOException unreadable) {
      throw new HomeException(
          "cannot look at " + folder + " (" + unreadable + "); choose another --home", unreadable);
    }
    return this;
  }

  private static void refuseOthersIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        refuseOthers(entry);
      }
    } catch (NoSuchFileException goneMeanwhile) {
      // There is nothing in it to be used.
    }
  }

  private static void refuseOthers(Path entry) throws IOException {
    try {
      TrustedPaths.requireOwnOrRoots(entry);
    } catch (NoSuchFileException goneMeanwhile) {
      // It was a file on its way to its name.
    }
  }

  private static Path make(Path wanted) {
    try {
      if (!Files.isDirectory(wanted)) {
        Files.createDirectories(wanted, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      return wanted;
    } catch (IOException | UnsupportedOperationException impossible) {
      throw new HomeException(
          "cannot make the folder " + wanted + " (" + impossible + "); choose another --home",
          impossible);
    }
  }
}
