export * from "./buffer-pools.js";
export * from "./packet-chain.js";
