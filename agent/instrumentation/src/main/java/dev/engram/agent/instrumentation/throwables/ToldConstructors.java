package dev.engram.agent.instrumentation.throwables;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Lets each constructor of Throwable end with {@code EngramDispatch.constructed(this, this.depth)}.
 * {@code depth} is where the JVM leaves how many frames it filled in; 0 where there is no stack.
 * Stateless.
 */
final class ToldConstructors extends AsmVisitorWrapper.AbstractBase {
  @Override
  public int mergeWriter(int flags) {
    return flags | ClassWriter.COMPUTE_MAXS;
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
    return new Told(visitor);
  }

  private static final class Told extends ClassVisitor {
    Told(ClassVisitor visitor) {
      super(OpenedClassReader.ASM_API, visitor);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      return name.equals("<init>") ? new ToldConstructor(method) : method;
    }
  }

  private static final class ToldConstructor extends MethodVisitor {
    ToldConstructor(MethodVisitor constructor) {
      super(OpenedClassReader.ASM_API, constructor);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitFieldInsn(Opcodes.GETFIELD, "java/lang/Throwable", "depth", "I");
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            "java/lang/EngramDispatch",
            "constructed",
            "(Ljava/lang/Throwable;I)V",
            false);
      }
      super.visitInsn(opcode);
    }
  }
}
