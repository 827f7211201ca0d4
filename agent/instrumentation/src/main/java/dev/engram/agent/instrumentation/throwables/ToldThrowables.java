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
 * {@code printStackTrace()} begins with {@code EngramDispatch.printed(this)}: what prints to a
 * stream that it is given may be a logger. Stateless.
 */
final class ToldThrowables extends AsmVisitorWrapper.AbstractBase {
  private static final String DISPATCH = "java/lang/EngramDispatch";

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
      if (name.equals("<init>")) {
        return new ToldConstructor(method);
      }
      boolean prints = name.equals("printStackTrace") && descriptor.equals("()V");
      return prints ? new ToldPrinting(method) : method;
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
            Opcodes.INVOKESTATIC, DISPATCH, "constructed", "(Ljava/lang/Throwable;I)V", false);
      }
      super.visitInsn(opcode);
    }
  }

  private static final class ToldPrinting extends MethodVisitor {
    ToldPrinting(MethodVisitor method) {
      super(OpenedClassReader.ASM_API, method);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, DISPATCH, "printed", "(Ljava/lang/Throwable;)V", false);
    }
  }
}
