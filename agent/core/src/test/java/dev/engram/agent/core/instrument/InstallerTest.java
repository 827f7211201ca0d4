package dev.engram.agent.core.instrument;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.Greeter;
import com.acme.HostileLoader;
import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.sample.SampleModule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.ByteCodeAppender;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs once, as the agent does, with one module for each behaviour. */
class InstallerTest {
  private static Installer installer;

  @BeforeAll
  static void install() throws Exception {
    new Greeter().greet("before"); // loaded before it is instrumented
    TypeMatch greeter = TypeMatch.named("com.acme.Greeter");
    TypeMatch polite = TypeMatch.where("com.acme.Polite", hasSuperType(named("com.acme.Polite")));
    TypeMatch absent = TypeMatch.where("com.acme.Absent", named("com.acme.Butler"));
    installer =
        Installer.install(
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
                new SampleModule(
                    "old", TypeMatch.named("com.acme.Old"), "toString", "NotingAdvice"),
                new SampleModule(
                    "unlinkable",
                    TypeMatch.named("com.acme.Unlinked"),
                    "toString",
                    "UnlinkableAdvice"),
                new SampleModule(
                    "missing", TypeMatch.named("com.acme.Unadvised"), "toString", "NoSuchAdvice")));
  }

  @BeforeEach
  void clear() {
    Calls.clear();
  }

  @Test
  void advice_inLoadedClass_runsAroundTheMethod() {
    assertThat(new Greeter().greet("you")).isEqualTo("hello you");
    assertThat(Calls.seen()).containsExactly("enter", "exit Greeter");
  }

  @Test
  void advice_inJdkClassNamedExactly_runs() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      await().until(() -> Calls.seen().equals(List.of("enter", "exit Exchange")));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void condition_whereFrameworkIsVisible_decides() throws Exception {
    try (URLClassLoader application = application()) {
      call(application.loadClass("com.acme.Butler"), "bow");
    }
    assertThat(Calls.seen()).containsExactly("enter", "exit Butler");
  }

  @Test
  void switchOff_whileRunning_stopsEntersButClosesWhatIsOpen() {
    new Greeter().greetAfter(() -> String.valueOf(installer.switchOff("closing")));
    assertThat(Calls.seen()).containsExactly("enter", "exit Greeter");

    new Greeter().greetAfter(() -> "off");
    assertThat(Calls.seen()).hasSize(2);

    assertThat(installer.switchOn("closing")).isTrue();
    new Greeter().greetAfter(() -> "on");
    assertThat(Calls.seen()).hasSize(4);
  }

  @Test
  void switchCount_risesWithWhatChanges() {
    SwitchCount count = SwitchCount.of("polite");
    int before = count.get();

    installer.switchOn("polite");
    assertThat(count.get()).isEqualTo(before);

    installer.switchOff("polite");
    installer.switchOff("polite");
    installer.switchOn("polite");
    assertThat(count.get()).isEqualTo(before + 2);
  }

  @Test
  void switchOff_forUnknownModule_saysSo() {
    assertThat(installer.switchOff("no-such-module")).isFalse();
  }

  @Test
  void switchOff_beforeLinking_holds() throws Exception {
    installer.switchOff("polite");
    try (URLClassLoader application = application()) {
      call(application.loadClass("com.acme.Butler"), "bow");
      assertThat(Calls.seen()).isEmpty();
    } finally {
      installer.switchOn("polite");
    }
  }

  @Test
  void module_isWhole_onlyWhereItWasInPlaceAllTheTime() {
    assertThat(installer.isWhole("noting")).isTrue();
    assertThat(installer.isWhole("disabled")).isFalse();

    installer.switchOff("polite");
    installer.switchOn("polite");
    assertThat(installer.isWhole("polite")).isFalse();
  }

  @Test
  void advice_thatKeepsFailing_switchesItselfOffWithOneLine() {
    String printed =
        printedBy(
            () -> {
              for (int i = 0; i < 3 * AdviceFuse.FAILURES; i++) {
                assertThat(new Greeter().count()).isEqualTo(42);
              }
            });
    assertThat(Calls.seen()).hasSize(AdviceFuse.FAILURES).containsOnly("failing");
    assertThat(installer.isWhole("failing")).isFalse();
    assertThat(printed.lines())
        .singleElement()
        .asString()
        .startsWith("engram: ")
        .contains("FailingAdvice failed 10 times and is now off")
        .contains("IllegalStateException at ");

    installer.switchOff("failing");
    installer.switchOn("failing");
    new Greeter().count();
    assertThat(Calls.seen()).hasSize(AdviceFuse.FAILURES);
    assertThat(report("failing").problems())
        .singleElement()
        .asString()
        .endsWith("FailingAdvice failed 10 times and is off");
  }

  @Test
  void advice_thatCannotInitialise_leavesTheMethodAsItWas() throws Exception {
    Class<?> type = make("com.acme.Unlinked", ClassFileVersion.JAVA_V17);
    assertThat(call(type, "toString")).isEqualTo("made");
    assertThat(Calls.seen()).isEmpty();
  }

  @Test
  void advice_thatIsMissing_leavesTheClassAsItWasWithOneLine() {
    long before = installer.transformationErrors();
    String printed =
        printedBy(
            () ->
                assertThat(call(make("com.acme.Unadvised", ClassFileVersion.JAVA_V17), "toString"))
                    .isEqualTo("made"));
    assertThat(installer.transformationErrors()).isEqualTo(before + 1);
    assertThat(printed.lines())
        .singleElement()
        .asString()
        .contains("com.acme.Unadvised is not instrumented");
  }

  /** They are seen by every transformer between two others, as of a Java that does not exist. */
  @Test
  void classFilesOfAFutureJava_areLeftAsTheyWereWithOneLineForAll() throws Exception {
    Instrumentation instrumentation = ByteBuddyAgent.getInstrumentation();
    Version raising = new Version(ClassFileVersion.JAVA_V17.getMajorVersion() + 82);
    Version lowering = new Version(ClassFileVersion.JAVA_V17.getMajorVersion());
    long before = installer.transformationErrors();
    instrumentation.addTransformer(raising, false);
    instrumentation.addTransformer(lowering, true);
    try (URLClassLoader application = application()) {
      String printed =
          printedBy(
              () -> {
                assertThat(call(future("com.acme.FutureOne", application), "toString"))
                    .isEqualTo("made");
                assertThat(call(future("com.acme.FutureTwo", application), "toString"))
                    .isEqualTo("made");
              });
      assertThat(installer.transformationErrors()).isEqualTo(before + 2);
      assertThat(printed.lines())
          .singleElement()
          .asString()
          .contains("newer than this agent")
          .contains("com.acme.FutureOne");
    } finally {
      instrumentation.removeTransformer(raising);
      instrumentation.removeTransformer(lowering);
    }
  }

  private static Class<?> future(String name, ClassLoader application) {
    return make(name, ClassFileVersion.JAVA_V17, application);
  }

  /** Other agents add such an interface, and nobody finds its file. */
  @Test
  void condition_onClassWithAnInterfaceOfAnotherAgent_decides(@TempDir Path folder)
      throws Exception {
    DynamicType.Unloaded<?> added =
        new ByteBuddy().makeInterface().name("com.other.agent.Added").make();
    JarFile jar = new JarFile(added.toJar(folder.resolve("added.jar").toFile()));
    ByteBuddyAgent.getInstrumentation().appendToBootstrapClassLoaderSearch(jar);
    try (URLClassLoader application = application()) {
      Class<?> polite = application.loadClass("com.acme.Polite");
      Class<?> adorned =
          new ByteBuddy()
              .subclass(Object.class)
              .name("com.acme.Adorned")
              .implement(added.getTypeDescription(), TypeDescription.ForLoadedType.of(polite))
              .method(named("bow"))
              .intercept(FixedValue.value("made"))
              .make()
              .load(application, ClassLoadingStrategy.Default.WRAPPER)
              .getLoaded();
      assertThat(call(adorned, "bow")).isEqualTo("made");
    }
    assertThat(Calls.seen()).containsExactly("enter", "exit Adorned");
  }

  @Test
  void advice_inClassFileOlderThanInvokedynamic_runs() throws Exception {
    Class<?> old = make("com.acme.Old", ClassFileVersion.JAVA_V5);
    assertThat(call(old, "toString")).isEqualTo("made");
    assertThat(Calls.seen()).containsExactly("enter", "exit Old");
    assertThat(call(old, "hasNoAdvice")).isEqualTo("branched");
  }

  @Test
  void applicationLoader_afterAdviceRanInIt_canBeCollected() throws Exception {
    WeakReference<ClassLoader> collected = useAndForget();
    await()
        .until(
            () -> {
              System.gc();
              return collected.get() == null;
            });
  }

  @Test
  void install_withBrokenModule_keepsTheOthers() {
    assertThat(installer.modules()).contains("noting").doesNotContain("broken");
  }

  @Test
  void reports_sayWhatBecameOfEachModule() throws Exception {
    new Greeter().greet("you");
    assertThat(report("noting").state()).isEqualTo("on");
    assertThat(report("noting").classes()).isPositive();
    assertThat(report("noting").names()).contains("com.acme.Greeter");
    assertThat(report("noting").callSites()).isPositive();
    assertThat(report("noting").notes()).isEmpty();
    assertThat(report("broken").state()).isEqualTo("broken");
    assertThat(report("broken").problems()).singleElement().asString().contains("cannot say");
    assertThat(report("disabled").state()).isEqualTo("off by setting");
    assertThat(report("no-such-method").notes())
        .containsExactly("no method for NotingAdvice in com.acme.Greeter");
    assertThat(installer.leftAlone()).containsOnlyKeys("jdk", "agents", "libraries", "generated");
    assertThat(installer.leftAlone().get("jdk")).isPositive();
  }

  @Test
  void reports_followTheSwitches() {
    long before = installer.changes();
    installer.switchOff("polite");
    assertThat(report("polite").state()).isEqualTo("switched off");
    assertThat(installer.changes()).isGreaterThan(before);
    installer.switchOn("polite");
    assertThat(report("polite").state()).isEqualTo("on");
  }

  /** Its hash could wait for ever, while the agent held a lock that all linking waits for. */
  @Test
  void loaderThatIsNotToBeAsked_isNotAsked() throws Exception {
    URL classes = Greeter.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader application = new HostileLoader(classes)) {
      assertThat(call(application.loadClass("com.acme.Butler"), "bow"))
          .isEqualTo("at your service");
    }
    assertThat(Calls.seen()).containsExactly("enter", "exit Butler");
  }

  private static ModuleReport report(String module) {
    return installer.reports().stream()
        .filter(report -> report.name().equals(module))
        .findFirst()
        .orElseThrow();
  }

  private static WeakReference<ClassLoader> useAndForget() throws Exception {
    try (URLClassLoader application = application()) {
      assertThat(call(application.loadClass("com.acme.Butler"), "bow"))
          .isEqualTo("at your service");
      assertThat(Calls.seen()).contains("exit Butler");
      return new WeakReference<>(application);
    }
  }

  /** Loads com.acme anew, as an application's loader would, apart from the agent's. */
  private static URLClassLoader application() {
    URL classes = Greeter.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  private static Class<?> make(String name, ClassFileVersion version) {
    return make(name, version, ClassLoader.getPlatformClassLoader());
  }

  private static Class<?> make(String name, ClassFileVersion version, ClassLoader parent) {
    return new ByteBuddy(version)
        .subclass(Object.class)
        .name(name)
        .method(named("toString"))
        .intercept(FixedValue.value("made"))
        .defineMethod("hasNoAdvice", String.class, Visibility.PUBLIC)
        .intercept(new Implementation.Simple(InstallerTest::branch))
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

  private static Object call(Class<?> type, String method) {
    try {
      Object instance = type.getConstructor().newInstance();
      Method found = type.getMethod(method);
      return found.invoke(instance);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static String printedBy(Runnable work) {
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

  /** Says of some class files that they are of another version. */
  private record Version(int major) implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] code) {
      if (!name.startsWith("com/acme/Future")) {
        return null;
      }
      byte[] changed = code.clone();
      changed[7] = (byte) major;
      return changed;
    }
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
