/**
 * How answers look: tables and trees for a terminal, aligned text when piped, JSON Lines for
 * programs. Called by the commands; asks no questions itself. Everything captured is hostile text
 * and goes through {@link dev.engram.cli.render.SafeText} or a JSON generator. For the main thread.
 */
@NullMarked
package dev.engram.cli.render;

import org.jspecify.annotations.NullMarked;
