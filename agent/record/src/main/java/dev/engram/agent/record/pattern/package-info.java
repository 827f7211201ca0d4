/**
 * Texts in which a star stands for anything, as settings have them: masks of names, paths of
 * requests. Read at start or by a switch, asked on application threads. Thread-safe.
 */
@NullMarked
package dev.engram.agent.record.pattern;

import org.jspecify.annotations.NullMarked;
