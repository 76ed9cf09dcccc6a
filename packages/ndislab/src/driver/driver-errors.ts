/** Why a driver could not be started: nothing ran, or its start refused. The message is one clear sentence. */
export class DriverStartError extends Error {
  override readonly name = "DriverStartError";
}

/** The driver called a function that this system does not have. */
export class UnsupportedDdiError extends Error {
  override readonly name = "UnsupportedDdiError";
  constructor(readonly ddi: string) {
    super(`the driver calls ${ddi}, which ndislab does not have`);
  }
}

/** A callback ran longer than the time limit. */
export class DriverTimeoutError extends Error {
  override readonly name = "DriverTimeoutError";
}

/** The driver's code trapped, hung or was stopped: it must not be called again. A finding says why. */
export class DriverDeadError extends Error {
  override readonly name = "DriverDeadError";
}
