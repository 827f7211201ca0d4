/**
 * Methods that carry an annotation of ours, read by name: the application may not have it. Called
 * once a method, on application threads. And methods that a setting names, read once at start.
 */
@NullMarked
package dev.engram.agent.core.method;

import org.jspecify.annotations.NullMarked;
