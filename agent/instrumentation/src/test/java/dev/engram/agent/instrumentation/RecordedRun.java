package dev.engram.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.core.instrument.Installer;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanRecord;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Installs every instrumentation in the test's own JVM, once, and keeps what a test makes it
 * record. Each test ends by proving that nothing was left open, nothing failed and no thread kept a
 * span.
 */
public final class RecordedRun implements BeforeEachCallback, AfterEachCallback, RecordSink {
  private static final Installer INSTALLER = install();

  private final List<DecodedRecord> records = new CopyOnWriteArrayList<>();
  private volatile int failures;

  @Override
  public void beforeEach(ExtensionContext context) {
    HttpCapture.start(configuration());
    Capture.start(configuration(), this);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Capture.stop();
    INSTALLER.modules().forEach(INSTALLER::switchOn);
    assertThat(Tracing.current()).as("span left on the test's thread").isNull();
    assertThat(failures).as("records given up").isZero();
    assertThat(INSTALLER.linkageFailures()).as("advice that did not link").isZero();
    assertThat(INSTALLER.transformationErrors()).as("classes not instrumented").isZero();
    await("spans that began and never ended").until(() -> begunIds().equals(joinedIds()));
  }

  /** Waits for the end of as many spans, and makes sure that there are no more. */
  public List<SpanRecord> spans(int count) {
    await().until(() -> spans().size() >= count);
    assertThat(spans()).hasSize(count);
    return spans();
  }

  public SpanRecord onlySpan() {
    return spans(1).get(0);
  }

  public List<SpanRecord> spans() {
    return all(SpanRecord.class).toList();
  }

  public List<ExceptionRecord> exceptions() {
    return all(ExceptionRecord.class).toList();
  }

  public <T extends DecodedRecord> Stream<T> all(Class<T> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** What a test does meanwhile. */
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  /** Does something while a module is switched off, as people switch it. */
  public <E extends Exception> void without(String module, Work<E> work) throws E {
    assertThat(INSTALLER.switchOff(module)).isTrue();
    try {
      work.run();
    } finally {
      INSTALLER.switchOn(module);
    }
  }

  /** Switches a module off for the rest of the test. */
  public void switchOff(String module) {
    assertThat(INSTALLER.switchOff(module)).isTrue();
  }

  @Override
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    records.add(RecordDecoder.decode(buffer, offset, length));
    return true;
  }

  @Override
  public int maxRecordLength() {
    return 64 << 10;
  }

  @Override
  public synchronized void failed() {
    failures++;
  }

  /** How many were given up, for a test that expects it. */
  public synchronized int takeFailures() {
    int taken = failures;
    failures = 0;
    return taken;
  }

  @Override
  public long roll() {
    return 1;
  }

  /**
   * To how many objects the classes of a module have something attached at the moment. Their tables
   * are those of the loaders beside the framework.
   */
  public int attached(String module, String className) {
    try {
      int attached = 0;
      for (Object table : attachments(module, className)) {
        attached += (int) invoke(table, "size");
      }
      return attached;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets the classes of a module know no more of an object than if the agent came only now. */
  public void forget(String module, String className, Object object) {
    try {
      for (Object table : attachments(module, className)) {
        ((Attachments<?>) table).remove(object);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Object> attachments(String module, String className)
      throws ReflectiveOperationException {
    List<Object> tables = new ArrayList<>();
    for (Object loader : adviceLoaders(module)) {
      for (Field field : ((ClassLoader) loader).loadClass(className).getDeclaredFields()) {
        if (field.getType() == Attachments.class) {
          field.setAccessible(true);
          tables.add(field.get(null));
        }
      }
    }
    return tables;
  }

  private static List<Object> adviceLoaders(String module) throws ReflectiveOperationException {
    Object linker = read(INSTALLER, "linker");
    synchronized (linker) {
      List<?> ofModule = (List<?>) ((Map<?, ?>) read(linker, "loaders")).get(module);
      return ofModule == null
          ? List.of()
          : ofModule.stream()
              .<Object>map(reference -> ((Reference<?>) reference).get())
              .filter(Objects::nonNull)
              .toList();
    }
  }

  private static Object read(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private static Object invoke(Object of, String name) throws ReflectiveOperationException {
    Method method = of.getClass().getDeclaredMethod(name);
    method.setAccessible(true);
    return method.invoke(of);
  }

  private List<Long> begunIds() {
    return all(BegunRecord.class).map(BegunRecord::spanId).sorted().toList();
  }

  private List<Long> joinedIds() {
    return spans().stream().filter(SpanRecord::begun).map(SpanRecord::spanId).sorted().toList();
  }

  private static Installer install() {
    try {
      return Installer.install(configuration(), ByteBuddyAgent.install(), modules());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All but that of the client by which the tests send: HttpClientsIT proves the clients. */
  private static List<InstrumentationModule> modules() {
    return ServiceLoader.load(InstrumentationModule.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(module -> !module.name().equals("jdk-http-client"))
        .toList();
  }

  private static Configuration configuration() {
    return Configuration.of(
        "methods=com.acme.shop.Pricing#quote,com.acme.shop.Job*#run;"
            + "app-packages=com.acme.shop.components;heal.nodes=*/repeatable;"
            + "heal.fallback=com.acme.shop.Rates#rate:60s,com.acme.shop.Rates#name:60s,"
            + "com.acme.shop.Rates#isOpen=false,com.acme.shop.Rates#later:60s,"
            + "com.acme.shop.Rates#again:60s,com.acme.shop.Rates#nothing:60s");
  }
}
