/**
 * Settings: their names, types, bounds, defaults and the four sources they are read from. Read once
 * at start, on the start-up thread; immutable afterwards.
 */
@NullMarked
package dev.engram.agent.core.config;

import org.jspecify.annotations.NullMarked;
