/**
 * Lets an older answer stand in for the failure of methods that {@code engram.heal.fallback} names.
 * On application threads, which wait for nothing here.
 */
@NullMarked
package dev.engram.agent.instrumentation.fallback;

import org.jspecify.annotations.NullMarked;
