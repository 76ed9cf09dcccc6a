/** Something a driver did that stops the machine on Windows. The message says what, and follows "ended in a trap: ". */
export abstract class DriverFault extends Error {
  /** A rule of the verifier finds it: while that watches, the trap is no second finding. */
  readonly hasRule: boolean = false;
}

/** The driver broke off by itself: a failed assertion, or a breakpoint with no debugger to take it. */
export class BreakFault extends DriverFault {
  override readonly name = "BreakFault";
}

/** An allocation that was asked to raise an exception did. The headers have no handler that could take it. */
export class ExceptionFault extends DriverFault {
  override readonly name = "ExceptionFault";
  constructor() {
    super("memory is short, and the allocation raised STATUS_INSUFFICIENT_RESOURCES as it was asked to");
  }
}
