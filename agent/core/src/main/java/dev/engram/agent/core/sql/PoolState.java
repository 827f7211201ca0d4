package dev.engram.agent.core.sql;

/**
 * The connections of a pool at one moment. A negative number is not known, or has no bound.
 *
 * @param used given to the application
 * @param idle open and in the pool
 * @param pending requests for a connection that wait
 * @param max how many there may be
 */
public record PoolState(int used, int idle, int pending, int max) {}
