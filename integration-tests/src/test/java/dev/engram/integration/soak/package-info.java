/**
 * What processes take over hours: looked at, judged and drawn. Used by the soak alone, on its
 * thread.
 */
@NullMarked
package dev.engram.integration.soak;

import org.jspecify.annotations.NullMarked;
