package dev.engram.agent.core.instrument;

import java.util.stream.Stream;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Knows the super types of classes that the bootstrap loader has but whose files no loader gives:
 * those that agents append to it. OpenTelemetry's adds such interfaces to the classes that it
 * instruments, and a class whose super types are not all known could not be matched by them. Asked
 * last. Nothing but super types is told. Thread-safe.
 */
enum AppendedTypes implements ClassFileLocator {
  INSTANCE;

  @Override
  public Resolution locate(String name) {
    try {
      return new Resolution.Explicit(withoutMembers(Class.forName(name, false, null)));
    } catch (ClassNotFoundException | LinkageError unknown) {
      return new Resolution.Illegal(name);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private static byte[] withoutMembers(Class<?> type) {
    Class<?> superClass = type.getSuperclass();
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V17,
        type.getModifiers(),
        Type.getInternalName(type),
        null,
        Type.getInternalName(superClass == null ? Object.class : superClass),
        Stream.of(type.getInterfaces()).map(Type::getInternalName).toArray(String[]::new));
    writer.visitEnd();
    return writer.toByteArray();
  }
}
