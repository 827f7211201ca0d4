/**
 * What must hold for the tree as it stands: who may import whom, how advice looks, what docs name.
 */
@NullMarked
package dev.engram.integration.rules;

import org.jspecify.annotations.NullMarked;
