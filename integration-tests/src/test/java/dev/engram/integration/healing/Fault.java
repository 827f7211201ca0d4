package dev.engram.integration.healing;

/**
 * One kind of fault.
 *
 * @param name in reports and on the command line
 * @param arm what is right to do about it
 * @param site where the service meets it
 * @param what happens, in one sentence
 */
record Fault(String name, Arm arm, Site site, String what) {
  /** What is right to do about a fault. */
  enum Arm {
    /** It passes by itself: a remedy at a safe place should make the request succeed. */
    TRANSIENT,
    /** It stays: no remedy may become active. */
    CONTROL,
    /** A remedy would do harm: none may be applied, nothing may happen twice. */
    HARM
  }

  /** Where a service meets a fault. */
  enum Site {
    /** Taking a connection from a pool of PostgreSQL connections. */
    CONNECTION,
    /** One SELECT outside a transaction. */
    SELECT,
    /** A whole transactional method that is declared idempotent. */
    TRANSACTION,
    /** A call of another service with an idempotent method. */
    HTTP,
    /** A call of a model. */
    AI,
    /** A method that is declared idempotent. */
    METHOD,
    /** A node of a workflow that is declared repeatable. */
    NODE,
    /** The application's own code, or an operation that nobody declared safe. */
    CODE
  }
}
