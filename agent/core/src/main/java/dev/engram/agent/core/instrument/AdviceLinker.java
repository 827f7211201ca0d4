package dev.engram.agent.core.instrument;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.log.AgentLog;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Links the call sites of instrumented methods to advice, and switches them off and on. Linking
 * never throws: what fails is counted, named in one line, and does nothing. Thread-safe; linking
 * runs on application threads, once per site.
 */
final class AdviceLinker {
  private static volatile @Nullable AdviceLinker current;

  private final ClassLoader agent = AdviceLinker.class.getClassLoader();

  /** Module name to the package of its advice. */
  private final Map<String, String> packages;

  private final Findings findings;

  /**
   * Guarded by this, as all below. Loaders are held by their call sites alone. A list, because a
   * table would ask the application's loaders for their hash.
   */
  private final Map<String, List<WeakReference<AdviceLoader>>> loaders = new HashMap<>();

  private final Map<String, AdviceFuse> fuses = new HashMap<>();
  private final Set<String> modulesOff = new HashSet<>();
  private final Set<String> failedAdvice = new HashSet<>();

  /** Modules that may have missed something. */
  private final Set<String> withGaps = ConcurrentHashMap.newKeySet();

  private final AtomicLong linkageFailures = new AtomicLong();

  AdviceLinker(Map<String, String> packages, Findings findings) {
    this.packages = Map.copyOf(packages);
    this.findings = findings;
  }

  /** The handle that the dispatch class calls; answers through the linker last made current. */
  static MethodHandle handle() throws ReflectiveOperationException {
    MethodType type =
        MethodType.methodType(
            CallSite.class, Lookup.class, String.class, MethodType.class, Object[].class);
    return MethodHandles.lookup().findStatic(AdviceLinker.class, "link", type);
  }

  void makeCurrent() {
    current = this;
  }

  long linkageFailures() {
    return linkageFailures.get();
  }

  /** Whether each of its advice that was reached has worked since the start. */
  boolean isWhole(String module) {
    return !withGaps.contains(module);
  }

  /** Switches every call site of a module, present and future. */
  synchronized void switchModule(String module, boolean enabled) {
    if (!enabled) {
      withGaps.add(module);
    }
    if (enabled ? modulesOff.remove(module) : modulesOff.add(module)) {
      SwitchCount.of(module).increment();
    }
    List<AdviceSite> sites = sites(module);
    for (AdviceSite site : sites) {
      site.set(isOn(module, site.adviceClass()));
    }
    MutableCallSite.syncAll(sites.toArray(MutableCallSite[]::new));
  }

  /**
   * Called by the dispatch class.
   *
   * @param arguments module name, name of the advice class
   */
  @SuppressWarnings("UnusedVariable") // the caller's lookup would reach into the application
  private static CallSite link(Lookup caller, String name, MethodType type, Object[] arguments) {
    AdviceLinker linker = current;
    if (linker == null) {
      return nothing(type);
    }
    return linker.link(
        caller.lookupClass().getClassLoader(),
        name,
        type,
        (String) arguments[0],
        (String) arguments[1]);
  }

  private CallSite link(
      @Nullable ClassLoader framework,
      String name,
      MethodType type,
      String module,
      String adviceClass) {
    try {
      AdviceLoader loader = loader(module, framework);
      Method method = adviceMethod(loader.loadClass(adviceClass), name);
      MethodHandle advice = MethodHandles.lookup().unreflect(method).asType(type);
      AdviceFuse fuse = fuse(module, adviceClass);
      AdviceSite site = register(module, loader, new AdviceSite(method, fuse.guard(advice)));
      findings.linked(module);
      return site;
    } catch (Throwable failure) {
      reportLinkage(module, adviceClass, failure);
      return nothing(type);
    }
  }

  private static Method adviceMethod(Class<?> advice, String name) throws NoSuchMethodException {
    for (Method method : advice.getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        method.setAccessible(true);
        return method;
      }
    }
    throw new NoSuchMethodException(advice.getName() + "#" + name);
  }

  private synchronized AdviceSite register(String module, AdviceLoader loader, AdviceSite site) {
    loader.keep(site);
    site.set(isOn(module, site.adviceClass()));
    return site;
  }

  private boolean isOn(String module, String adviceClass) {
    AdviceFuse fuse = fuses.get(adviceClass);
    return !modulesOff.contains(module) && (fuse == null || !fuse.isBlown());
  }

  private synchronized AdviceLoader loader(String module, @Nullable ClassLoader framework) {
    for (AdviceLoader known : loaders(module)) {
      if (known.isBeside(framework)) {
        return known;
      }
    }
    AdviceLoader loader = new AdviceLoader(framework, agent, packages.getOrDefault(module, module));
    List<WeakReference<AdviceLoader>> ofModule =
        loaders.computeIfAbsent(module, absent -> new ArrayList<>());
    ofModule.removeIf(reference -> reference.refersTo(null));
    ofModule.add(new WeakReference<>(loader));
    return loader;
  }

  private synchronized AdviceFuse fuse(String module, String adviceClass) {
    return fuses.computeIfAbsent(
        adviceClass, name -> new AdviceFuse(name, () -> switchOffBlown(module, name)));
  }

  private synchronized void switchOffBlown(String ofModule, String adviceClass) {
    withGaps.add(ofModule);
    findings.problem(
        ofModule, adviceClass + " failed " + AdviceFuse.FAILURES + " times and is off");
    List<AdviceSite> sites = new ArrayList<>();
    for (String module : loaders.keySet()) {
      sites(module).stream().filter(s -> s.adviceClass().equals(adviceClass)).forEach(sites::add);
    }
    sites.forEach(site -> site.set(false));
    MutableCallSite.syncAll(sites.toArray(MutableCallSite[]::new));
  }

  private List<AdviceSite> sites(String module) {
    return loaders(module).stream().flatMap(loader -> loader.sites().stream()).toList();
  }

  private List<AdviceLoader> loaders(String module) {
    return loaders.getOrDefault(module, List.of()).stream()
        .map(WeakReference::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private void reportLinkage(String module, String adviceClass, Throwable failure) {
    linkageFailures.incrementAndGet();
    withGaps.add(module);
    String problem =
        adviceClass
            + " does not fit this service's libraries and does nothing: "
            + Thrown.text(failure);
    findings.problem(module, problem);
    boolean first;
    synchronized (this) {
      first = failedAdvice.add(adviceClass);
    }
    if (first) {
      AgentLog.line(problem);
    }
  }

  private static CallSite nothing(MethodType type) {
    return new ConstantCallSite(MethodHandles.empty(type));
  }
}
