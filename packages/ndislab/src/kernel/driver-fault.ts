/** Something a driver did that stops the machine on Windows. The message says what, and follows "ended in a trap: ". */
export abstract class DriverFault extends Error {}

/** The driver broke off by itself: a failed assertion, or a breakpoint with no debugger to take it. */
export class BreakFault extends DriverFault {
  override readonly name = "BreakFault";
}
