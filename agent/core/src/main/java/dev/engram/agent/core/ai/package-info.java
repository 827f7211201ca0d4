/**
 * Calls of models, tools, retrievals and agents, as {@code docs/ai-and-workflows.md} names them:
 * which of several layers opens the span, what is kept of messages, and when what streams is over.
 * Called by the instrumentations of AI frameworks on application threads; never blocks, never
 * throws.
 */
@NullMarked
package dev.engram.agent.core.ai;

import org.jspecify.annotations.NullMarked;
