/**
 * What must not be remembered, and what stands in its place. Values pass here from capture's record
 * writer alone, on application threads; the settings quote the built-in masks. Thread-safe.
 */
@NullMarked
package dev.engram.agent.core.redaction;

import org.jspecify.annotations.NullMarked;
