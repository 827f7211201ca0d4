package dev.engram.collector.intake;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files in memory behind the JDK's own file API, so that code which knows nothing of it runs over
 * them unchanged. Says what is about to be done, and what was seen, to a {@link Watch}. Confined to
 * one thread.
 */
final class MemoryDisk {
  /** Told of everything that the code under test does with a file. */
  interface Watch {
    Watch NOBODY =
        new Watch() {
          @Override
          public void before(String operation) {}

          @Override
          public void seen(long value) {}
        };

    /** May throw, and then nothing was done. */
    void before(String operation);

    /** What the code under test has learnt, as one number. */
    void seen(long value);
  }

  /** A file's bytes, or a folder. */
  static final class Entry {
    final boolean folder;
    byte[] bytes;

    Entry(boolean folder, byte[] bytes) {
      this.folder = folder;
      this.bytes = bytes;
    }
  }

  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private final Set<String> locked = new HashSet<>();
  private final Provider provider = new Provider();
  private final MemoryFileSystem system = new MemoryFileSystem(provider);
  private Watch watch = Watch.NOBODY;

  Path path(String name) {
    return wrap(Path.of(name));
  }

  void watch(Watch told) {
    watch = told;
  }

  Watch watch() {
    return watch;
  }

  /** Somebody else holds a lock on this file, or holds it no more. */
  void lock(Path file, boolean held) {
    if (held) {
      locked.add(file.toString());
    } else {
      locked.remove(file.toString());
    }
  }

  boolean isLocked(Path file) {
    return locked.contains(file.toString());
  }

  /** A file over this very array: what is written to the array is in the file. */
  void putFile(Path file, byte[] bytes) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      entries.putIfAbsent(folder.toString(), new Entry(true, new byte[0]));
    }
    entries.put(file.toString(), new Entry(false, bytes));
  }

  /** Puts bytes into a file, which grows where they go beyond its end. */
  void write(Path file, int at, byte[] bytes) {
    Entry entry = entries.get(file.toString());
    if (entry == null) {
      return;
    }
    if (at + bytes.length > entry.bytes.length) {
      entry.bytes = Arrays.copyOf(entry.bytes, at + bytes.length);
    }
    System.arraycopy(bytes, 0, entry.bytes, at, bytes.length);
  }

  boolean exists(Path path) {
    return entries.containsKey(path.toString());
  }

  boolean delete(Path path) {
    return entries.remove(path.toString()) != null;
  }

  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** All that is on the disk, as one number. */
  long digest() {
    Digest digest = new Digest();
    entries.forEach((name, entry) -> digest.add(name.hashCode()).add(entry.bytes));
    locked.forEach(name -> digest.add(name.hashCode()));
    return digest.value();
  }

  private Path wrap(Path plain) {
    return (Path)
        Proxy.newProxyInstance(
            MemoryDisk.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> onPath(plain, method, arguments));
  }

  private Object onPath(Path plain, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "getFileSystem":
        return system;
      case "toFile":
        return new MemoryFile(plain);
      default:
        return wrapped(invoke(plain, method, unwrapped(arguments)));
    }
  }

  private static Object invoke(Path plain, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(plain, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private Object wrapped(Object result) {
    return result instanceof Path path ? wrap(path) : result;
  }

  /** Of a path of this disk, its namesake on the default file system. */
  private static Object[] unwrapped(Object[] arguments) {
    if (arguments == null) {
      return null;
    }
    return Arrays.stream(arguments)
        .map(it -> it instanceof Path path ? Path.of(path.toString()) : it)
        .toArray();
  }

  private Entry entry(Path path) throws NoSuchFileException {
    Entry entry = entries.get(path.toString());
    watch.seen(entry == null ? 0 : 1);
    if (entry == null) {
      throw new NoSuchFileException(path.toString());
    }
    return entry;
  }

  /** What the writer asks of a file and of its disk. */
  private final class MemoryFile extends File {
    private static final long serialVersionUID = 1L;
    private final transient Path plain;

    MemoryFile(Path plain) {
      super(plain.toString());
      this.plain = plain;
    }

    @Override
    public long getUsableSpace() {
      return Long.MAX_VALUE;
    }

    @Override
    public boolean exists() {
      return MemoryDisk.this.exists(plain);
    }

    @Override
    public boolean delete() {
      watch.before("delete " + getName());
      return MemoryDisk.this.delete(plain);
    }
  }

  private final class Provider extends FileSystemProvider {
    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      boolean fresh = options.contains(StandardOpenOption.CREATE_NEW);
      boolean creates = fresh || options.contains(StandardOpenOption.CREATE);
      watch.before((creates ? "create " : "open ") + path.getFileName());
      if (fresh && exists(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      if (creates && !exists(path)) {
        putFile(path, new byte[0]);
      }
      return new MemoryChannel(
          MemoryDisk.this, path, entry(path), options.contains(StandardOpenOption.APPEND));
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
      watch.before("list " + folder.getFileName());
      if (!entry(folder).folder) {
        throw new NotDirectoryException(folder.toString());
      }
      List<Path> found = new ArrayList<>();
      for (String name : entries.keySet()) {
        Path plain = Path.of(name);
        if (Path.of(folder.toString()).equals(plain.getParent())) {
          found.add(wrap(plain));
          watch.seen(name.hashCode());
        }
      }
      return new Listing(found);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
      watch.before("create folder " + folder.getFileName());
      if (entries.putIfAbsent(folder.toString(), new Entry(true, new byte[0])) != null) {
        throw new FileAlreadyExistsException(folder.toString());
      }
    }

    @Override
    public void delete(Path path) throws IOException {
      watch.before("delete " + path.getFileName());
      entry(path);
      MemoryDisk.this.delete(path);
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
      watch.before("copy " + from.getFileName());
      putFile(to, entry(from).bytes.clone());
    }

    /** A folder moves with all that is in it. */
    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
      watch.before("move " + from.getFileName());
      entry(from);
      for (String name : names()) {
        if (Path.of(name).startsWith(from.toString())) {
          String moved = to + name.substring(from.toString().length());
          entries.put(moved, entries.remove(name));
        }
      }
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      entry(path);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return (A) new Attributes(entry(path));
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
      return one.toString().equals(other.toString());
    }

    @Override
    public boolean isHidden(Path path) {
      return false;
    }

    @Override
    public String getScheme() {
      return "memory";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      return system;
    }

    @Override
    public Path getPath(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileStore getFileStore(Path path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return null;
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return Map.of("mode", entry(path).folder ? 0040700 : 0100600, "uid", self);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) {
      throw new UnsupportedOperationException();
    }
  }

  private record Listing(List<Path> found) implements DirectoryStream<Path> {
    @Override
    public Iterator<Path> iterator() {
      return found.iterator();
    }

    @Override
    public void close() {}
  }

  /** Every file is as old as the epoch. */
  private record Attributes(Entry entry) implements BasicFileAttributes {
    @Override
    public FileTime lastModifiedTime() {
      return FileTime.fromMillis(0);
    }

    @Override
    public FileTime lastAccessTime() {
      return FileTime.fromMillis(0);
    }

    @Override
    public FileTime creationTime() {
      return FileTime.fromMillis(0);
    }

    @Override
    public boolean isRegularFile() {
      return !entry.folder;
    }

    @Override
    public boolean isDirectory() {
      return entry.folder;
    }

    @Override
    public boolean isSymbolicLink() {
      return false;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public long size() {
      return entry.bytes.length;
    }

    @Override
    public Object fileKey() {
      return null;
    }
  }
}
