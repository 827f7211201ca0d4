/**
 * How surely a fresh record can be asked for: probes, what came out, and the document about it.
 * Used by one test, on its thread but for the probes, which have their own.
 */
@NullMarked
package dev.engram.integration.availability;

import org.jspecify.annotations.NullMarked;
