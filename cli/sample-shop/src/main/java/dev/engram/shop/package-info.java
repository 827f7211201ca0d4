/**
 * A small shop for the demo and the integration tests: an ordinary Spring Boot service with a
 * database, where some requests are slow and some fail. It asks to be remembered in one place, its
 * assistant.
 */
@NullMarked
package dev.engram.shop;

import org.jspecify.annotations.NullMarked;
