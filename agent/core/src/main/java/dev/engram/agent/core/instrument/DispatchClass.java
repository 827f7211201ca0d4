package dev.engram.agent.core.instrument;

import dev.engram.agent.core.log.AgentLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent's one class in {@code java.lang}: defines it, and says whether a copy of the agent
 * already did. Used on the start-up thread.
 */
public final class DispatchClass {
  private static final String NAME = "java.lang.EngramDispatch";
  private static final String CODE = "EngramDispatch.bin";
  private static final MethodType LINK =
      MethodType.methodType(
          CallSite.class, Lookup.class, String.class, MethodType.class, Object[].class);

  private DispatchClass() {}

  /** Whether it is defined in this JVM, by this copy of the agent or another one. */
  public static boolean isDefined() {
    return find() != null;
  }

  /**
   * Defines the class when it is not there yet. {@code java.lang} must be open to this class's
   * module.
   *
   * @param linker takes (Lookup, String, MethodType, Object[]) and returns a CallSite
   * @return the bootstrap method for call sites
   * @throws ReflectiveOperationException when the JVM refuses the class
   */
  static Method bootstrap(MethodHandle linker) throws ReflectiveOperationException {
    Class<?> dispatch = find();
    if (dispatch == null) {
      MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(code());
      dispatch = Class.forName(NAME, true, null);
      dispatch.getMethod("install", MethodHandle.class).invoke(null, linker.asType(LINK));
    }
    return dispatch.getMethod("bootstrap", LINK.parameterArray());
  }

  /**
   * Sets what is told of each throwable that is constructed, with the depth of its stack, and of
   * each that is printed, with -1.
   *
   * @param consumer null for nothing
   */
  public static void tell(@Nullable ObjIntConsumer<Throwable> consumer) {
    Class<?> dispatch = find();
    if (dispatch == null) {
      return;
    }
    try {
      dispatch.getMethod("tell", ObjIntConsumer.class).invoke(null, consumer);
    } catch (ReflectiveOperationException ofAnotherAgent) {
      AgentLog.line("throwables are not counted: " + ofAnotherAgent);
    }
  }

  private static @Nullable Class<?> find() {
    try {
      return Class.forName(NAME, false, null);
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }

  private static byte[] code() throws ClassNotFoundException {
    try (InputStream in = DispatchClass.class.getResourceAsStream(CODE)) {
      if (in == null) {
        throw new ClassNotFoundException(CODE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(CODE, e);
    }
  }
}
