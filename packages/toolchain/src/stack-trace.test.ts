import { expect, it } from "vitest";
import { parseStack } from "./stack-trace.js";

it("reads the frames of V8", () => {
  const stack = `RuntimeError: unreachable
    at filter-1a2b3c4d.Send (wasm://wasm/filter-1a2b3c4d-00ff00ff:wasm-function[12]:0x1a3)
    at wasm://wasm/6fd1c0aa:wasm-function[3]:0xff
    at Object.call (file:///x/wasm-function.js:3:4)
    at async run (node:internal/run:12:3)`;
  expect(parseStack(stack)).toEqual([
    { moduleName: "filter-1a2b3c4d", functionIndex: 12, offset: 0x1a3 },
    { moduleName: "", functionIndex: 3, offset: 0xff },
  ]);
});

it("reads the frames of SpiderMonkey, which do not name the module", () => {
  const stack =
    "Send@http://host/page.js line 3 > WebAssembly.Module:wasm-function[12]:0x1a3\ncall@http://host/page.js:1:2";
  expect(parseStack(stack)).toEqual([{ moduleName: undefined, functionIndex: 12, offset: 0x1a3 }]);
});
