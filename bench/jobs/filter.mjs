// Packets through a filter in C.
import { fileURLToPath } from "node:url";
import { createDdi, DRIVER_OBJECT, DriverSession, Machine } from "ndislab";
import { example } from "../lib/command.mjs";
import { differences } from "../lib/differences.mjs";
import { compileForLibrary, compileNatively } from "../lib/driver.mjs";
import { answerOf } from "../lib/processes.mjs";
import { typescript } from "../lib/sides.mjs";
import { inSteps } from "../lib/timing.mjs";

const FRAME = 60;
const BATCH = 32;
const CALLS = 1000;
const CROSSING = fileURLToPath(new URL("../c/filter/crossing.c", import.meta.url));

/**
 * Frames through the pass-through filter, as `ndislab run` sends them.
 * @param {"off" | "standard" | "full"} verify
 */
async function library(verify) {
  const driver = await compileForLibrary(example("passthru"), { callSites: verify !== "off", loops: true });
  let bytes = 0;
  const start = (/** @type {"send" | "receive"} */ direction) => {
    const session = new DriverSession(driver, {
      direction,
      verify: verify !== "off",
      thorough: verify === "full",
      timeout: 10_000,
      now: () => performance.now(),
      sink: (_number, _memory, _address, length) => {
        bytes += length;
      },
    });
    session.start();
    const { dataPath } = session;
    const frame = dataPath?.room(FRAME);
    if (dataPath === undefined || frame === undefined) throw new Error("the driver registers no filter");
    return { session, dataPath, frame: frame.byteOffset };
  };
  const sessions = { send: start("send"), receive: start("receive") };
  const loop = (/** @type {ReturnType<typeof start>} */ { dataPath, frame }) =>
    inSteps(BATCH, (count) => {
      for (let done = 0; done < count; done += BATCH) {
        for (let i = 0; i < BATCH; i++) dataPath.deliverFrom(frame, FRAME);
        dataPath.flush();
      }
    });
  const loops = { send: loop(sessions.send), receive: loop(sessions.receive) };
  return {
    loops,
    check() {
      loops.send(64);
      loops.receive(64);
      const all = Object.values(sessions);
      const sum = (/** @type {(of: (typeof all)[0]) => number} */ number) =>
        all.reduce((total, of) => total + number(of), 0);
      const received = sum(({ dataPath }) => dataPath.received);
      const back = received - sum(({ dataPath }) => dataPath.lists.outstanding + dataPath.dropped);
      const emitted = sum(({ dataPath }) => dataPath.emitted);
      for (const { session } of all) session.stop();
      return { received, emitted, bytes, back, findings: sum(({ session }) => session.findings.length) };
    },
  };
}

/** Nothing but the way into WebAssembly, and the way out of it. */
async function crossing() {
  const image = await compileForLibrary(CROSSING, { callSites: false, loops: false });
  const machine = new Machine({ poolBase: Math.ceil(image.memory.heapBase / 65536) * 65536 });
  const ddi = /** @type {any} */ (createDdi(machine));
  const imports = image.imports.map(({ name }) => [name, ddi[name] ?? (() => 0)]);
  const env = { memory: machine.memory.wasm, ...Object.fromEntries(imports) };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(image.wasm)), { env });
  const object = machine.nonpaged.allocate(512, 0, "system");
  machine.memory.u8.fill(0, object, object + 512);
  /** @type {any} */ (exports).DriverEntry(object, 0);
  const functionAt = (/** @type {keyof typeof DRIVER_OBJECT.offset} */ name) =>
    /** @type {any} */ (exports).__indirect_function_table.get(
      machine.memory.u32[(object + DRIVER_OBJECT.offset[name]) >>> 2],
    );
  const nothing = functionAt("DriverUnload");
  const thousandCalls = functionAt("DriverExtension");
  machine.memory.u8.fill(0, object, object + 512); // an empty NET_BUFFER from now on
  return {
    loops: {
      call(/** @type {number} */ count) {
        for (let i = 0; i < count; i++) nothing(object);
      },
      import: inSteps(CALLS, (count) => {
        for (let done = 0; done < count; done += CALLS) thousandCalls(object);
      }),
    },
    check: () => ({ functions: typeof nothing + typeof thousandCalls }),
  };
}

/** @type {import("../lib/types.mjs").Side} */
const native = {
  title: "the same C native, gcc -O2, host in C",
  start({ folder, milliseconds }) {
    const program = compileNatively(example("passthru"), folder, "filter-native");
    if ("missing" in program) return program;
    return {
      check: () => answerOf(program.path, ["check"]),
      measure: () => answerOf(program.path, ["measure", String(milliseconds)]),
    };
  },
};

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "filter",
  title: "A C filter, packet by packet",
  about:
    "The example pass-through filter in one process: 32 lists with a frame of 60 bytes each are made and handed to it; " +
    "what it passes on is counted and given back to it; the lists are freed. 100 ns are ten million lists a second. The " +
    "native side is the same file, compiled by gcc against the library's headers in the data model of 64-bit Windows, " +
    "with a host in C that takes the same steps and calls it through its table of handlers. `call` is an empty handler, " +
    "`import` a DDI that has nothing to do, called from C.",
  limits:
    "Two values: in quick moments of the machine a list takes 66 to 68 ns both ways, in slow ones 110 to 120 " +
    "(`node --expose-gc bench/side.mjs filter off measure 100`, again and again). Lists are taken, filled, looked" +
    " at and given back by native code, a batch in few calls; for each list TypeScript has a turn of a loop at " +
    "five places, where it notes who has it.",
  unit: "ns",
  figures: { send: "send + complete", receive: "receive + return", call: "call", import: "import" },
  reference: "off",
  sides: {
    off: typescript("verifier off", () => library("off")),
    standard: typescript("verifier standard", () => library("standard")),
    full: typescript("verifier full", () => library("full")),
    native,
    crossing: typescript("WebAssembly alone", crossing),
  },
  check: (side, left) =>
    differences(
      side === "crossing"
        ? { functions: "functionfunction" }
        : { received: 128, emitted: 128, bytes: 128 * FRAME, back: 128, findings: 0 },
      left,
    ),
  goals: [
    { text: "C filter, send + complete (10 M lists a second)", value: ["off", "send"], atMost: 100, unit: "ns" },
    { text: "C filter / native", value: ["off", "send"], per: [["native", "send"]], atMost: 5 },
  ],
};
