package dev.engram.agent.core.instrument;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.TransformerDecorator;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;

/**
 * Puts instrumentations in place and switches them off and on while the service runs. One per JVM.
 * Thread-safe.
 */
public final class Installer {
  private final Map<String, InstrumentationModule> modules;
  private final Catalogue catalogue;
  private final AdviceLinker linker;
  private final TransformationErrors errors;
  private final Findings findings;

  private Installer(
      Map<String, InstrumentationModule> modules,
      Catalogue catalogue,
      AdviceLinker linker,
      TransformationErrors errors,
      Findings findings) {
    this.modules = modules;
    this.catalogue = catalogue;
    this.linker = linker;
    this.errors = errors;
    this.findings = findings;
  }

  /**
   * Instruments what is loaded and what will be. {@code java.lang} must be open to this class's
   * module.
   *
   * @param modules those that the configuration disables, or that break, are left out
   * @throws ReflectiveOperationException when the JVM refuses the dispatch class
   */
  public static Installer install(
      Configuration configuration,
      Instrumentation instrumentation,
      Iterable<InstrumentationModule> modules)
      throws ReflectiveOperationException {
    Findings findings = new Findings();
    Map<String, String> packages = new HashMap<>();
    Map<String, InstrumentationModule> inPlace = new HashMap<>();
    List<Catalogue.Entry> entries = new ArrayList<>();
    for (InstrumentationModule module : modules) {
      List<TypeInstrumentation> types = typesOf(module, configuration, findings.add(module.name()));
      if (!types.isEmpty()) {
        packages.put(module.name(), module.getClass().getPackageName());
        inPlace.put(module.name(), module);
        types.forEach(type -> entries.add(new Catalogue.Entry(module.name(), type)));
      }
    }
    AdviceLinker linker = new AdviceLinker(packages, findings);
    linker.makeCurrent();
    Method bootstrap = DispatchClass.bootstrap(AdviceLinker.handle());
    TransformationErrors errors = new TransformationErrors();
    Catalogue catalogue = new Catalogue(entries);
    agentBuilder(catalogue, new AdviceTransformer(bootstrap, findings), errors)
        .installOn(instrumentation);
    inPlace.values().forEach(module -> module.switchTo(true));
    return new Installer(Map.copyOf(inPlace), catalogue, linker, errors, findings);
  }

  /**
   * Switches a module's advice off, at once and everywhere; what it had opened is still closed.
   *
   * @return false when there is no such module
   */
  public boolean switchOff(String module) {
    return switchTo(module, false);
  }

  /** Undoes {@link #switchOff}; advice that failed too often stays off. */
  public boolean switchOn(String module) {
    return switchTo(module, true);
  }

  /** Whether a module is in place, was never switched off, and all its advice has worked. */
  public boolean isWhole(String module) {
    return modules.containsKey(module) && linker.isWhole(module);
  }

  /** The modules in place. */
  public Set<String> modules() {
    return modules.keySet();
  }

  /** Classes that could not be instrumented. */
  public long transformationErrors() {
    return errors.count();
  }

  /** Call sites that could not be linked and do nothing. */
  public long linkageFailures() {
    return linker.linkageFailures();
  }

  /** What became of each module, in their order. */
  public List<ModuleReport> reports() {
    return findings.reports();
  }

  /** Classes that could not be instrumented, with the reason; the first of them. */
  public List<String> notInstrumented() {
    return errors.lines();
  }

  /** How many classes were left alone without a look, by reason. */
  public Map<String, Long> leftAlone() {
    return catalogue.leftAlone();
  }

  /** Rises with each change of what is reported. */
  public long changes() {
    return findings.changes() + errors.count();
  }

  private boolean switchTo(String module, boolean enabled) {
    InstrumentationModule known = modules.get(module);
    if (known == null) {
      return false;
    }
    known.switchTo(enabled);
    linker.switchModule(module, enabled);
    findings.state(module, enabled ? ModuleReport.ON : ModuleReport.SWITCHED_OFF);
    return true;
  }

  private static List<TypeInstrumentation> typesOf(
      InstrumentationModule module, Configuration configuration, ModuleFindings findings) {
    if (!configuration.instrumentationEnabled(module.name())) {
      findings.state(ModuleReport.OFF_BY_SETTING);
      return List.of();
    }
    try {
      List<TypeInstrumentation> types = module.types(configuration);
      findings.state(types.isEmpty() ? ModuleReport.NOTHING_TO_DO : ModuleReport.ON);
      return types;
    } catch (RuntimeException | LinkageError failure) {
      AgentLog.line("instrumentation " + module.name() + " is off: " + Thrown.text(failure));
      findings.state(ModuleReport.BROKEN);
      findings.problem(Thrown.text(failure));
      return List.of();
    }
  }

  private static AgentBuilder agentBuilder(
      Catalogue catalogue, AdviceTransformer transformer, TransformationErrors errors) {
    return new AgentBuilder.Default(
            new ByteBuddy()
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .with(TypeValidation.DISABLED))
        .disableClassFormatChanges()
        .with(AgentBuilder.TypeStrategy.Default.DECORATE)
        .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
        .with(AgentBuilder.PoolStrategy.Default.FAST)
        .with(
            AgentBuilder.LocationStrategy.ForClassLoader.STRONG.withFallbackTo(
                AppendedTypes.INSTANCE))
        .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
        .with(new LoadedTypes(catalogue))
        .with((TransformerDecorator) behind -> new Sieve(behind, catalogue))
        .with(errors)
        .ignore((type, loader, module, redefined, domain) -> false)
        .type(
            (type, loader, module, redefined, domain) ->
                !catalogue.matching(type, loader).isEmpty())
        .transform(
            (builder, type, loader, module, domain) ->
                transformer.transform(builder, type, loader, catalogue.matching(type, loader)));
  }
}
