/**
 * What was decided, by whom and why: recorded for instrumentations, which know of it from an
 * annotation, from the answer of a model, or from the way a workflow took. Called on application
 * threads; never throws.
 */
@NullMarked
package dev.engram.agent.core.decision;

import org.jspecify.annotations.NullMarked;
