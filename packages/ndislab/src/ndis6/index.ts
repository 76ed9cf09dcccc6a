export * from "./copy.js";
export * from "./data-buffer.js";
export * from "./data-start.js";
export * from "./net-buffer.js";
export * from "./net-buffer-list-pools.js";
export * from "./net-buffer-pools.js";
