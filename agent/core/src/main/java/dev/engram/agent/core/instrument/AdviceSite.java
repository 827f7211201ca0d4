package dev.engram.agent.core.instrument;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import net.bytebuddy.asm.Advice;

/**
 * One call of an advice method in an instrumented class, which can be switched off and on while it
 * is used. When off, an exit still runs for what its enter opened before: whatever was opened is
 * closed. Thread-safe.
 */
final class AdviceSite extends MutableCallSite {
  private static final MethodHandle IS_OPEN = findIsOpen();

  private final String adviceClass;
  private final MethodHandle on;
  private final MethodHandle off;

  /**
   * @param method the advice method
   * @param on what the site calls while it is on; its type is the site's
   */
  AdviceSite(Method method, MethodHandle on) {
    super(on);
    this.adviceClass = method.getDeclaringClass().getName();
    this.on = on;
    this.off = closing(method, on);
  }

  String adviceClass() {
    return adviceClass;
  }

  /** Takes effect in other threads once {@link MutableCallSite#syncAll} was called. */
  void set(boolean enabled) {
    setTarget(enabled ? on : off);
  }

  private static MethodHandle closing(Method method, MethodHandle on) {
    MethodType type = on.type();
    MethodHandle nothing = MethodHandles.empty(type);
    int opened = enterParameter(method);
    if (opened < 0 || type.parameterType(opened).isPrimitive()) {
      return nothing;
    }
    MethodHandle isOpen =
        IS_OPEN.asType(MethodType.methodType(boolean.class, type.parameterType(opened)));
    Class<?>[] before = type.parameterList().subList(0, opened).toArray(Class<?>[]::new);
    return MethodHandles.guardWithTest(MethodHandles.dropArguments(isOpen, 0, before), on, nothing);
  }

  private static int enterParameter(Method method) {
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].isAnnotationPresent(Advice.Enter.class)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOpen(Object opened) {
    return opened != null;
  }

  private static MethodHandle findIsOpen() {
    try {
      return MethodHandles.lookup()
          .findStatic(
              AdviceSite.class, "isOpen", MethodType.methodType(boolean.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
