/**
 * The writer: one daemon thread that moves records from the ring to the queue on disk, keeps the
 * queue within its bounds and beats the instance's heart. Started by {@code home}; everything here
 * is confined to that thread unless it says otherwise. The only package that knows Chronicle Queue.
 */
@NullMarked
package dev.engram.agent.core.writer;

import org.jspecify.annotations.NullMarked;
