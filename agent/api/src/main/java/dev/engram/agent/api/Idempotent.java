package dev.engram.agent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * To call the method twice with the same arguments does what calling it once does, also when the
 * first call failed half-way. The agent may then run it again when it fails in a way that passes,
 * if {@code engram.heal} allows it and it has been shown to help.
 *
 * <p>Arguments must not be changed by the method: they are not put back. Not for constructors, nor
 * for {@code synchronized} methods, which are left as they are. It is not inherited: annotate the
 * implementation, not the interface.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {}
