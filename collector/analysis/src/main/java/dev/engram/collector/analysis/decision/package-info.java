/**
 * What became of decisions, and whether those who decided were as right as they were sure. Pure, as
 * all of analysis.
 */
@NullMarked
package dev.engram.collector.analysis.decision;

import org.jspecify.annotations.NullMarked;
