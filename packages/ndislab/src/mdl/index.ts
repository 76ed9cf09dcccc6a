export * from "./mdl.js";
export * from "./mdl-chain.js";
export * from "./mdl-pools.js";
