/**
 * Scenarios: packaged jars in real JVMs, real frameworks, real crashes; and the rules of the tree
 * as tests.
 */
@NullMarked
package dev.engram.integration;

import org.jspecify.annotations.NullMarked;
