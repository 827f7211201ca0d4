/**
 * Identities of traces and spans and their W3C form. Called by capture on application threads;
 * stateless.
 */
@NullMarked
package dev.engram.agent.core.context;

import org.jspecify.annotations.NullMarked;
