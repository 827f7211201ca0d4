package dev.engram.agent.core.instrument;

import static dev.engram.agent.core.instrument.InstalledSamples.application;
import static dev.engram.agent.core.instrument.InstalledSamples.call;
import static dev.engram.agent.core.instrument.InstalledSamples.make;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.Greeter;
import com.acme.HostileLoader;
import com.sun.net.httpserver.HttpServer;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which classes advice runs in, and what it leaves behind there. */
@ExtendWith(InstalledSamples.class)
class InstallerTest {
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

  private static WeakReference<ClassLoader> useAndForget() throws Exception {
    try (URLClassLoader application = application()) {
      assertThat(call(application.loadClass("com.acme.Butler"), "bow"))
          .isEqualTo("at your service");
      assertThat(Calls.seen()).contains("exit Butler");
      return new WeakReference<>(application);
    }
  }
}
