/**
 * How many throwables are constructed, of which type and where: what is thrown and caught without a
 * trace shows in nothing else.
 *
 * <p>{@link dev.engram.agent.core.thrown.ThrowCounts} is called from Throwable's constructors on
 * application threads, where it counts and now and then takes a stack, without a lock; everything
 * else happens on the writer thread.
 */
@NullMarked
package dev.engram.agent.core.thrown;

import org.jspecify.annotations.NullMarked;
