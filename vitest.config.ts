import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests read the sources, so that a test never sees a stale build.
    alias: [
      { find: /^ndislab$/, replacement: source("packages/ndislab/src/index.ts") },
      { find: /^@ndislab\/capture$/, replacement: source("packages/capture/src/index.ts") },
      { find: /^@ndislab\/capture\/node$/, replacement: source("packages/capture/src/node/index.ts") },
      { find: /^@ndislab\/reference$/, replacement: source("packages/reference/src/index.ts") },
      { find: /^@ndislab\/toolchain$/, replacement: source("packages/toolchain/src/index.ts") },
    ],
  },
  test: {
    include: ["packages/*/src/**/*.test.ts", "conformance/**/*.test.ts", "scripts/**/*.test.ts", "bench/**/*.test.mjs"],
    testTimeout: 60_000,
  },
});
