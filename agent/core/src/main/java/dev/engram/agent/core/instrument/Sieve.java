package dev.engram.agent.core.instrument;

import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import org.jspecify.annotations.Nullable;

/**
 * Lets through the classes that an instrumentation may apply to, by name, loader and constants: to
 * describe a class so that conditions can be asked takes a hundred times as long. On whichever
 * thread loads a class.
 */
final class Sieve extends ResettableClassFileTransformer.WithDelegation {
  private final Catalogue catalogue;

  Sieve(ResettableClassFileTransformer transformer, Catalogue catalogue) {
    super(transformer);
    this.catalogue = catalogue;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file)
      throws IllegalClassFormatException {
    return isOut(internalName, loader, file)
        ? null
        : classFileTransformer.transform(loader, internalName, redefined, domain, file);
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file)
      throws IllegalClassFormatException {
    return isOut(internalName, loader, file)
        ? null
        : classFileTransformer.transform(module, loader, internalName, redefined, domain, file);
  }

  /** What was defined without a name has none to tell it by. */
  private boolean isOut(@Nullable String internalName, @Nullable ClassLoader loader, byte[] file) {
    return internalName != null
        && !catalogue.mayMatch(internalName.replace('/', '.'), loader, file);
  }
}
