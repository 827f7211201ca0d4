package dev.engram.agent.core.instrument;

import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Raises a class file older than Java 7 to that version, which is the first that may call
 * invokedynamic, and computes its stack maps. A class with subroutines, which compilers stopped
 * writing with Java 5, cannot be raised and stays as it is. Stateless.
 */
final class RaisedClassFile extends AsmVisitorWrapper.AbstractBase {
  /** Whether a class needs it before advice can be linked into it. */
  static boolean isNeeded(TypeDescription type) {
    ClassFileVersion version = type.getClassFileVersion();
    return version != null && version.isLessThan(ClassFileVersion.JAVA_V7);
  }

  @Override
  public int mergeWriter(int flags) {
    return flags | ClassWriter.COMPUTE_FRAMES;
  }

  @Override
  public ClassVisitor wrap(
      TypeDescription type,
      ClassVisitor visitor,
      Implementation.Context context,
      TypePool pool,
      FieldList<FieldDescription.InDefinedShape> fields,
      MethodList<?> methods,
      int writerFlags,
      int readerFlags) {
    return new Raise(visitor);
  }

  private static final class Raise extends ClassVisitor {
    Raise(ClassVisitor visitor) {
      super(OpenedClassReader.ASM_API, visitor);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      int raised = ClassFileVersion.JAVA_V7.getMinorMajorVersion();
      super.visit(raised, access, name, signature, superName, interfaces);
    }

    /** One that wraps the writer's: else a method that nobody changes is copied without a map. */
    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor written = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(OpenedClassReader.ASM_API, written) {};
    }
  }
}
