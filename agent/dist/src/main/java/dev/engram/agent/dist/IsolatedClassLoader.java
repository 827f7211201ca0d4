package dev.engram.agent.dist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent and its libraries from a folder inside the agent's jar, where class files carry a
 * suffix that no other loader looks for. Its parent is the platform loader: it sees nothing of the
 * application, and the application sees nothing of it. Thread-safe; classes load in parallel.
 */
final class IsolatedClassLoader extends ClassLoader {
  /** The folder in the jar. */
  static final String FOLDER = "isolated/";

  /** The suffix of class files in the folder. */
  static final String SUFFIX = ".classdata";

  private static final String CLASS_SUFFIX = ".class";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final String urlPrefix;
  private final ProtectionDomain domain;

  IsolatedClassLoader(File file) throws IOException {
    super(platformLoader());
    jar = new JarFile(file, false);
    URL location = file.toURI().toURL();
    urlPrefix = "jar:" + location + "!/";
    domain = new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null, this, null);
  }

  /** The topmost loader above the application's. */
  private static ClassLoader platformLoader() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    while (loader.getParent() != null) {
      loader = loader.getParent();
    }
    return loader;
  }

  /** Looks into the jar first: asking the parent in vain for each class would cost an exception. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (jar.getEntry(classEntry(name)) == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ZipEntry entry = jar.getEntry(classEntry(name));
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      byte[] code = read(entry);
      return defineClass(name, code, 0, code.length, domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    ZipEntry entry = jar.getEntry(entryName(name));
    if (entry == null) {
      return super.getResourceAsStream(name);
    }
    try {
      return new ByteArrayInputStream(read(entry));
    } catch (IOException unreadable) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    String entry = entryName(name);
    if (jar.getEntry(entry) == null) {
      return null;
    }
    try {
      return new URL(urlPrefix + entry);
    } catch (MalformedURLException unreadable) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  private static String classEntry(String className) {
    return FOLDER + className.replace('.', '/') + SUFFIX;
  }

  private static String entryName(String resource) {
    String name =
        resource.endsWith(CLASS_SUFFIX)
            ? resource.substring(0, resource.length() - CLASS_SUFFIX.length()) + SUFFIX
            : resource;
    return FOLDER + name;
  }

  private byte[] read(ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) entry.getSize());
      byte[] chunk = new byte[8192];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
      }
      return out.toByteArray();
    }
  }
}
