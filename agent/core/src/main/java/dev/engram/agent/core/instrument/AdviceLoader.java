package dev.engram.agent.core.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads one instrumentation's advice beside one framework: it sees the framework's classes through
 * its parent and the agent's through the agent's loader. It lives as long as the call sites that
 * link to it, so it never keeps the framework's loader alive. Thread-safe.
 */
final class AdviceLoader extends ClassLoader {
  private static final String AGENT = "dev.engram.agent.";

  /** What an application may call is the application's own. */
  private static final String API = "dev.engram.agent.api.";

  private static final String CLASS_SUFFIX = ".class";

  static {
    registerAsParallelCapable();
  }

  private final @Nullable ClassLoader framework;
  private final ClassLoader agent;
  private final String ownPrefix;
  private final List<AdviceSite> sites = new ArrayList<>();

  /**
   * @param framework the loader of the instrumented classes; null is the bootstrap loader
   * @param agent where the bytes of the advice come from, and what advice calls
   * @param ownPackage the instrumentation's package: its classes are defined here
   */
  AdviceLoader(@Nullable ClassLoader framework, ClassLoader agent, String ownPackage) {
    super(framework);
    this.framework = framework;
    this.agent = agent;
    this.ownPrefix = ownPackage + ".";
  }

  boolean isBeside(@Nullable ClassLoader other) {
    return framework == other;
  }

  /** Call sites hang on this loader, which hangs on them: they are collected together. */
  synchronized void keep(AdviceSite site) {
    sites.add(site);
  }

  synchronized List<AdviceSite> sites() {
    return List.copyOf(sites);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(ownPrefix)) {
      return own(name);
    }
    return name.startsWith(AGENT) && !name.startsWith(API)
        ? agent.loadClass(name)
        : frameworkFirst(name, resolve);
  }

  private Class<?> frameworkFirst(String name, boolean resolve) throws ClassNotFoundException {
    try {
      return super.loadClass(name, resolve);
    } catch (ClassNotFoundException notOfTheFramework) {
      return agent.loadClass(name);
    }
  }

  private Class<?> own(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + CLASS_SUFFIX)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = in.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
