/** Time as records need it. Read on application threads, anchored anew by the writer thread. */
@NullMarked
package dev.engram.agent.core.clock;

import org.jspecify.annotations.NullMarked;
