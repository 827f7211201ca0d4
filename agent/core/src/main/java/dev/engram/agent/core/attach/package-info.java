/**
 * What instrumentations remember about an application's objects without keeping them alive. Called
 * on application threads; never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.attach;

import org.jspecify.annotations.NullMarked;
