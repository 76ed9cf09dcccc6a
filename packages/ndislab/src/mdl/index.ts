export * from "./locked-pages.js";
export * from "./mappings.js";
export * from "./mdl.js";
export * from "./mdl-chain.js";
export * from "./mdl-pools.js";
export * from "./partial-mdl.js";
export * from "./reserved-mappings.js";
