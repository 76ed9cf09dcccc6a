export * from "./buffer-copy.js";
export * from "./buffer-pools.js";
export * from "./packet-chain.js";
