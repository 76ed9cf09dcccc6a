export { DataPath, type Direction, type FrameSink } from "./data-path.js";
export * from "./driver-errors.js";
export * from "./driver-image.js";
export * from "./driver-session.js";
export type { FaultKind, Faults, PlannedFault } from "./fault-plan.js";
