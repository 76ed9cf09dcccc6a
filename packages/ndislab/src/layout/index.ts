export * from "./c-text.js";
export * from "./declarations.js";
export * from "./modules.js";
export * from "./pool.js";
export * from "./scalar.js";
export * from "./structure.js";
