/**
 * A small shop for the demo and the integration tests: an ordinary Spring Boot service with a
 * database, where some requests are slow and some fail. It asks to be remembered in its assistant,
 * and tells what became of its decisions in its support.
 */
@NullMarked
package dev.engram.shop;

import org.jspecify.annotations.NullMarked;
