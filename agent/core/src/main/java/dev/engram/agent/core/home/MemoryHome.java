package dev.engram.agent.core.home;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.agent.record.ring.UntrustedPathException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * A memory home that this process may use.
 *
 * @param path absolute
 */
record MemoryHome(Path path) {
  private static final Set<String> NETWORK_FILE_SYSTEMS =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "afpfs",
          "webdav",
          "9p",
          "ceph",
          "glusterfs",
          "lustre",
          "gpfs",
          "afs",
          "fuse.sshfs",
          "fuse.glusterfs",
          "fuse.ceph",
          "fuse.s3fs");
  private static final String ELSEWHERE = "; set engram.home to a folder of your own";

  /**
   * Makes sure that the home is there and fit to be used.
   *
   * @throws UnusableHomeException when it is not
   */
  static MemoryHome open(Path home) throws UnusableHomeException {
    checkPlatform();
    try {
      TrustedPaths.requireSafeWayTo(home);
      createPrivate(home);
      checkFileSystem(home);
      // Of all links, the home itself may be one: its owner said where to remember.
      TrustedPaths.requireOwn(home.toRealPath());
      MemoryHome usable = new MemoryHome(home);
      createPrivate(usable.instances());
      TrustedPaths.requireOwn(usable.instances());
      return usable;
    } catch (UntrustedPathException untrusted) {
      throw new UnusableHomeException(
          "nothing is remembered: " + untrusted.getMessage(), untrusted);
    } catch (IOException failure) {
      throw new UnusableHomeException(
          "nothing is remembered: cannot use "
              + home
              + " ("
              + UnusableHomeException.reason(home, failure)
              + ")"
              + ELSEWHERE,
          failure);
    }
  }

  /** Where the folders of instances are. */
  Path instances() {
    return HomeLayout.instances(path);
  }

  private static void checkPlatform() throws UnusableHomeException {
    String system = System.getProperty("os.name", "");
    boolean known = system.startsWith("Linux") || system.startsWith("Mac");
    if (!known || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new UnusableHomeException(
          "nothing is remembered: only Linux and macOS on x86-64 or arm64 are supported for now");
    }
  }

  static void createPrivate(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && !Files.exists(parent)) {
      Files.createDirectories(parent, Modes.FOLDER);
    }
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectory(folder, Modes.FOLDER);
      } catch (FileAlreadyExistsException another) {
        // Another service that starts now was quicker.
        if (!Files.isDirectory(folder)) {
          throw another;
        }
      }
    }
  }

  private static void checkFileSystem(Path home) throws IOException, UnusableHomeException {
    FileStore store = Files.getFileStore(home);
    if (store.isReadOnly()) {
      throw new UnusableHomeException(
          "nothing is remembered: " + home + " is on a read-only file system" + ELSEWHERE);
    }
    requireLocal(home, store.type());
  }

  /** Where several machines see a file, its mapped pages and its locks are each one's own. */
  static void requireLocal(Path home, String fileSystemType) throws UnusableHomeException {
    String type = fileSystemType.toLowerCase(Locale.ROOT);
    if (NETWORK_FILE_SYSTEMS.contains(type)) {
      throw new UnusableHomeException(
          "nothing is remembered: "
              + home
              + " is on a network file system ("
              + type
              + "), where mapped files and locks cannot be relied on"
              + ELSEWHERE);
    }
  }
}
