/** The agent's one voice: single lines on stderr. */
@NullMarked
package dev.engram.agent.core.log;

import org.jspecify.annotations.NullMarked;
