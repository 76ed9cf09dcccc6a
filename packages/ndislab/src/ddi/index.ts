export type { Profile } from "../ndis5/index.js";
export * from "./accessor.js";
export * from "./driver-model.js";
export * from "./entry.js";
export * from "./header.js";
export * from "./machine.js";
export * from "./porting.js";
export * from "./signature.js";
export * from "./table.js";
