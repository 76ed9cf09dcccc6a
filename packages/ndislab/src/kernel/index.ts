export * from "./callbacks.js";
export * from "./driver-fault.js";
export * from "./format.js";
export * from "./irql.js";
export * from "./spin-locks.js";
