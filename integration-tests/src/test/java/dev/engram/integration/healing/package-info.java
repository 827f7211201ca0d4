/**
 * The faults that healing is judged by, and when each of them strikes. They were written down
 * before there was anything to heal them with. Called by tests; pure.
 */
@NullMarked
package dev.engram.integration.healing;

import org.jspecify.annotations.NullMarked;
