export * from "./ddi/index.js";
export * from "./driver/index.js";
export * from "./kernel/index.js";
export * from "./layout/index.js";
export * from "./memory/index.js";
export * from "./objects/index.js";
export * from "./verifier/index.js";
