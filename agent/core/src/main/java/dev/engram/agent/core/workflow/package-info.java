/**
 * Runs of workflows and their nodes, as the engines' instrumentations open them: the spans of
 * {@code docs/ai-and-workflows.md}. Called on application threads; never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.workflow;

import org.jspecify.annotations.NullMarked;
