/**
 * Every framework that is remembered, in its lowest and latest version: a real application of it,
 * real traffic, and as many spans stored as the traffic must leave. What ran is the matrix in
 * {@code docs/coverage.md}.
 */
@NullMarked
package dev.engram.integration.coverage;

import org.jspecify.annotations.NullMarked;
