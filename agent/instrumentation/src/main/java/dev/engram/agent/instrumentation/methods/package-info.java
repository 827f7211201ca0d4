/**
 * One INTERNAL span for each call of a method that is annotated with {@code @Remember} or named in
 * {@code engram.methods}; and what methods of frameworks' components were given that throw, where
 * {@code engram.app-packages} names their package. The advice and capture classes run on
 * application threads, loaded beside the class of the method; annotations are read by name, since
 * the application may not have them.
 */
@NullMarked
package dev.engram.agent.instrumentation.methods;

import org.jspecify.annotations.NullMarked;
