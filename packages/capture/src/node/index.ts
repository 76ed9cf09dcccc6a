export type { CaptureFileOptions } from "./capture-file.js";
export { CaptureFile } from "./capture-file.js";
export type { CaptureOutputFileOptions } from "./capture-output-file.js";
export { CaptureOutputFile } from "./capture-output-file.js";
export { OutputFile } from "./output-file.js";
