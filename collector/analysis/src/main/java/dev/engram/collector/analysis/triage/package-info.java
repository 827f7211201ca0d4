/**
 * What people said of error groups: names, who looks after them, which are ignored, resolved or
 * one. Pure, as all of analysis.
 */
@NullMarked
package dev.engram.collector.analysis.triage;

import org.jspecify.annotations.NullMarked;
