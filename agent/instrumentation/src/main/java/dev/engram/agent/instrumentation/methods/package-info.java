/**
 * One INTERNAL span for each call of a method that is annotated with {@code @Remember} or named in
 * {@code engram.methods}. The advice and capture classes run on application threads, loaded beside
 * the class of the method; the annotation is read by name, since the application may not have it.
 */
@NullMarked
package dev.engram.agent.instrumentation.methods;

import org.jspecify.annotations.NullMarked;
