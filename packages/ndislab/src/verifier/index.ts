export * from "./finding.js";
export { KIND, Ledger, OBJECT_KINDS } from "./ledger.js";
export { nativeHeaders } from "./native-headers.js";
export * from "./rule.js";
export * from "./verifier.js";
