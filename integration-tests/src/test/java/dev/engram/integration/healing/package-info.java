/**
 * The faults that healing is judged by, and when each of them strikes, written down before there
 * was anything to heal them with; and the life of a remedy in a real service.
 */
@NullMarked
package dev.engram.integration.healing;

import org.jspecify.annotations.NullMarked;
