package dev.engram.agent.core.instrument;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.named;

import com.acme.Greeter;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.sample.SampleModule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.ByteCodeAppender;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Installs once, as the agent does, with one module for each behaviour. */
final class InstalledSamples implements BeforeEachCallback {
  static final Installer INSTALLER = install();

  @Override
  public void beforeEach(ExtensionContext context) {
    Calls.clear();
  }

  private static Installer install() {
    try {
      new Greeter().greet("before"); // loaded before it is instrumented
      TypeMatch greeter = TypeMatch.named("com.acme.Greeter");
      TypeMatch polite = TypeMatch.where("com.acme.Polite", hasSuperType(named("com.acme.Polite")));
      TypeMatch absent = TypeMatch.where("com.acme.Absent", named("com.acme.Butler"));
      return Installer.install(
          Configuration.load(
              "instrumentation.disabled.enabled=false",
              new Properties(),
              Map.of(),
              Set.of("disabled"),
              problem -> {}),
          ByteBuddyAgent.install(),
          List.of(
              new BrokenModule(),
              new SampleModule("disabled", greeter, "greet", "NotingAdvice"),
              new SampleModule("no-such-method", greeter, "wave", "NotingAdvice"),
              new SampleModule("noting", greeter, "greet", "NotingAdvice"),
              new SampleModule("closing", greeter, "greetAfter", "NotingAdvice"),
              new SampleModule("failing", greeter, "count", "FailingAdvice"),
              new SampleModule("polite", polite, "bow", "NotingAdvice"),
              new SampleModule("absent", absent, "bow", "FailingAdvice"),
              new SampleModule(
                  "jdk",
                  TypeMatch.named("sun.net.httpserver.ServerImpl$Exchange"),
                  "run",
                  "NotingAdvice"),
              new SampleModule("old", TypeMatch.named("com.acme.Old"), "toString", "NotingAdvice"),
              new SampleModule(
                  "unlinkable",
                  TypeMatch.named("com.acme.Unlinked"),
                  "toString",
                  "UnlinkableAdvice"),
              new SampleModule(
                  "missing", TypeMatch.named("com.acme.Unadvised"), "toString", "NoSuchAdvice")));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static ModuleReport report(String module) {
    return INSTALLER.reports().stream()
        .filter(report -> report.name().equals(module))
        .findFirst()
        .orElseThrow();
  }

  /** Loads com.acme anew, as an application's loader would, apart from the agent's. */
  static URLClassLoader application() {
    URL classes = Greeter.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  static Class<?> make(String name, ClassFileVersion version) {
    return make(name, version, ClassLoader.getPlatformClassLoader());
  }

  static Class<?> make(String name, ClassFileVersion version, ClassLoader parent) {
    return new ByteBuddy(version)
        .subclass(Object.class)
        .name(name)
        .method(named("toString"))
        .intercept(FixedValue.value("made"))
        .defineMethod("hasNoAdvice", String.class, Visibility.PUBLIC)
        .intercept(new Implementation.Simple(InstalledSamples::branch))
        .make()
        .load(parent, ClassLoadingStrategy.Default.WRAPPER)
        .getLoaded();
  }

  /** Code that needs a stack map from Java 7 on, and gets none: older classes have none. */
  private static ByteCodeAppender.Size branch(
      MethodVisitor code, Implementation.Context context, MethodDescription method) {
    Label none = new Label();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitJumpInsn(Opcodes.IFNULL, none);
    code.visitLdcInsn("branched");
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(none);
    if (context.getClassFileVersion().isAtLeast(ClassFileVersion.JAVA_V6)) {
      code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
    code.visitLdcInsn("no object");
    code.visitInsn(Opcodes.ARETURN);
    return new ByteCodeAppender.Size(1, 1);
  }

  static Object call(Class<?> type, String method) {
    try {
      Object instance = type.getConstructor().newInstance();
      Method found = type.getMethod(method);
      return found.invoke(instance);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  static String printedBy(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private record BrokenModule() implements InstrumentationModule {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public List<TypeInstrumentation> types(Configuration configuration) {
      throw new IllegalStateException("cannot say");
    }
  }
}
