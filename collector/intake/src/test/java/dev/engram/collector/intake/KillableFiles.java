package dev.engram.collector.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The machine's files as a process sees them that may be killed in each operation that changes one:
 * a write or a copy may be half done, all else is done or not.
 */
final class KillableFiles extends FileSystem {
  private final KillSwitch kill;
  private final Provider provider = new Provider();
  private final List<Channel> opened = new ArrayList<>();

  KillableFiles(KillSwitch kill) {
    this.kill = kill;
  }

  /** This path, with all operations on it going through here. */
  Path path(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> callOnPath(real, method, arguments));
  }

  /** What the system does for a process that is gone: its files are closed, its locks are free. */
  void closeAll() throws IOException {
    for (Channel channel : opened) {
      channel.close();
    }
  }

  private Object callOnPath(Path real, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("getFileSystem")) {
      return this;
    }
    Object[] plain = arguments == null ? null : Arrays.stream(arguments).map(this::real).toArray();
    try {
      Object result = method.invoke(real, plain);
      return result instanceof Path path ? path(path) : result;
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private Object real(Object argument) {
    return argument instanceof Path path ? real(path) : argument;
  }

  private static Path real(Path path) {
    return Path.of(path.toString());
  }

  /** Every operation of the product on a path of this file system ends here. */
  private final class Provider extends FileSystemProvider {
    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      stepIfCreated(path, options);
      FileChannel channel = FileChannel.open(real(path), options, attributes);
      opened.add(channel);
      return channel;
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      stepIfCreated(path, options);
      SeekableByteChannel channel = Files.newByteChannel(real(path), options, attributes);
      opened.add(channel);
      return new KillableChannel(channel);
    }

    private void stepIfCreated(Path path, Set<? extends OpenOption> options) {
      boolean creates =
          options.contains(StandardOpenOption.CREATE)
              || options.contains(StandardOpenOption.CREATE_NEW);
      if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)
          || creates && !Files.exists(real(path))) {
        kill.step();
      }
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
      if (!Files.exists(real(folder))) {
        kill.step();
      }
      Files.createDirectory(real(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
      if (Files.exists(real(path), LinkOption.NOFOLLOW_LINKS)) {
        kill.step();
      }
      Files.delete(real(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
      kill.step(() -> copyHalf(real(source), real(target)));
      Files.copy(real(source), real(target), options);
    }

    private void copyHalf(Path source, Path target) {
      try {
        byte[] bytes = Files.readAllBytes(source);
        Files.write(target, Arrays.copyOf(bytes, bytes.length / 2));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
      kill.step();
      Files.move(real(source), real(target), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
      List<Path> entries;
      try (DirectoryStream<Path> listed = Files.newDirectoryStream(real(folder))) {
        entries =
            StreamSupport.stream(listed.spliterator(), false)
                .map(KillableFiles.this::path)
                .toList();
      }
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          return entries.iterator();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      real(path).getFileSystem().provider().checkAccess(real(path), modes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return Files.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      return Files.readAttributes(real(path), names, options);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return Files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options)
        throws IOException {
      kill.step();
      Files.setAttribute(real(path), name, value, options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
      return Files.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return Files.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return Files.getFileStore(real(path));
    }

    @Override
    public String getScheme() {
      return "killable";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      return KillableFiles.this;
    }

    @Override
    public Path getPath(URI uri) {
      throw new UnsupportedOperationException();
    }
  }

  /** A file that is open for writing. */
  private final class KillableChannel implements SeekableByteChannel {
    private final SeekableByteChannel real;

    KillableChannel(SeekableByteChannel real) {
      this.real = real;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      kill.step(() -> writeHalf(bytes.duplicate()));
      return real.write(bytes);
    }

    private void writeHalf(ByteBuffer bytes) {
      try {
        real.write(bytes.limit(bytes.position() + bytes.remaining() / 2));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return real.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return real.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      real.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      kill.step();
      real.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return real.isOpen();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "posix");
  }

  @Override
  public Path getPath(String first, String... more) {
    return path(Path.of(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }
}
