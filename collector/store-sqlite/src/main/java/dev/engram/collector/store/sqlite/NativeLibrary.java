package dev.engram.collector.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Puts SQLite's native library where it can be loaded from: a folder beside the store, unpacked
 * once, instead of the temporary folder at every start, which may forbid execution.
 */
final class NativeLibrary {
  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";
  private static final String TEMPORARY_FOLDER = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /**
   * Unpacks the library into {@code folder} and tells the driver so; does nothing when a property
   * of the driver says otherwise, or when this JVM has done it before.
   */
  static synchronized void prepare(Path folder) throws IOException {
    if (System.getProperty(PATH) != null || System.getProperty(TEMPORARY_FOLDER) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return; // The driver has no library for this system and says so better than we could.
      }
      byte[] library = packed.readAllBytes();
      String unpacked = "sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + name;
      unpack(library, folder, unpacked);
      System.setProperty(PATH, folder.toString());
      System.setProperty(NAME, unpacked);
    }
  }

  /** Its bytes are compared, because this process runs them. */
  private static boolean isThere(byte[] library, Path target) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == library.length
        && Arrays.equals(Files.readAllBytes(target), library);
  }

  static void unpack(byte[] library, Path folder, String name) throws IOException {
    Path target = folder.resolve(name);
    if (isThere(library, target)) {
      return;
    }
    PrivateFiles.createFolders(folder);
    Path whole = Files.createTempFile(folder, ".new-", ".tmp");
    try {
      Files.write(whole, library);
      Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
