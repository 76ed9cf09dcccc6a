// A million frames through a filter, as a user waits for it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { captureOf, contentOf } from "../lib/capture-file.mjs";
import { example, lacking, NDISLAB, noClock, timeCommand } from "../lib/command.mjs";
import { differences } from "../lib/differences.mjs";

/** Enough in a quick run for the start to be a small part. */
const FRAMES = { quick: 200_000, full: 1_000_000 };

/** The frame in VLAN 42. @param {Buffer} frame */
const tagged = (frame) => Buffer.concat([frame.subarray(0, 12), Buffer.from([0x81, 0, 0, 42]), frame.subarray(12)]);

/**
 * @param {string} title
 * @param {(input: string, output: string, node: string) => string[]} command
 * @param {{ byNode?: boolean, needs?: string }} [what]
 * @returns {import("../lib/types.mjs").Side}
 */
const side = (title, command, { byNode = false, needs } = {}) => ({
  title,
  byNode,
  start({ node, cache, quick }) {
    const missing = noClock() ?? (needs === undefined ? undefined : lacking(needs));
    if (missing !== undefined) return { missing };
    const input = captureOf(cache, FRAMES[quick ? "quick" : "full"]);
    const output = join(cache, "out.pcap");
    /** @template T @param {() => T} work @returns {T} */
    const withFile = (work) => {
      try {
        return work();
      } finally {
        rmSync(output, { force: true });
      }
    };
    const measure = () => {
      const { wall, cpu } = timeCommand(command(input, "/dev/null", node));
      if (quick) return { wall, cpu };
      const file = withFile(() => timeCommand(command(input, output, node)));
      return { wall, cpu, fileWall: file.wall, fileCpu: file.cpu };
    };
    return {
      check: () =>
        withFile(() => {
          timeCommand(command(input, output, node)); // and the driver is in the build cache from now on
          return { ...contentOf(output), input };
        }),
      measure,
    };
  },
});

/** @param {string} driver @param {string} verify */
const ndislab = (driver, verify) =>
  side(
    `ndislab run ${driver}.c, verifier ${verify}`,
    (input, output, node) =>
      [node, NDISLAB, "run", example(driver), "--in", input, "--out", output].concat("--verify", verify),
    { byNode: true },
  );

/** @type {Record<string, ReturnType<typeof contentOf>>} */
const expected = {};

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "capture",
  title: "One million frames through a C filter",
  about:
    "Whole commands over a pcap of a million frames, 200 000 in a quick run: seven of 60, four of 590 and one of 1514 bytes in twelve, mixed, 370 " +
    "MB. `pass` writes every frame as it was, which is what editcap does; `tag` puts every frame into VLAN 42, which is " +
    "what tcprewrite does with --enet-vlan=add. Every frame that comes out is compared before anything is timed.",
  limits:
    "Of the main thread's time over a million frames through the tagger (`perf record`), without the verifier 22 " +
    "% is start-up, 22 % TypeScript that reads the capture, keeps account of the lists and writes, 20 % native " +
    "code: lists, copies and the driver's own, 20 % V8's own code, most of it until what a frame runs through is " +
    "compiled, and 15 % moves bytes in the kernel and the C library. With the verifier native code takes 32 %. A " +
    "frame costs little more than tcprewrite's edit in place; what is left over is the start. Tried: larger " +
    "batches gain 20 ns a frame, but would change what a driver sees; V8's limits for inlining, raised, gain 46 " +
    "ns and cost 50 ms; other budgets for its tiers gain nothing.",
  unit: "seconds",
  figures: {
    wall: "waited, /dev/null",
    cpu: "processor, /dev/null",
    fileWall: "waited, file",
    fileCpu: "processor, file",
  },
  rounds: { quick: 1, full: 5 },
  reference: "tcprewrite",
  sides: {
    passOff: ndislab("passthru", "off"),
    passStandard: ndislab("passthru", "standard"),
    passFull: ndislab("passthru", "full"),
    editcap: side("editcap", (input, output) => ["editcap", "-F", "pcap", input, output], { needs: "editcap" }),
    tagOff: ndislab("vlantag", "off"),
    tagStandard: ndislab("vlantag", "standard"),
    tcprewrite: side(
      "tcprewrite --enet-vlan=add",
      (input, output) => [
        "tcprewrite",
        ...["--enet-vlan=add", "--enet-vlan-tag=42", "--enet-vlan-cfi=0", "--enet-vlan-pri=0"],
        `--infile=${input}`,
        `--outfile=${output}`,
      ],
      { needs: "tcprewrite" },
    ),
  },
  check(name, { input, ...left }) {
    const change = name.startsWith("pass") || name === "editcap" ? "pass" : "tag";
    expected[change] ??= contentOf(input, change === "pass" ? undefined : tagged);
    return differences(expected[change], left);
  },
  goals: [
    {
      text: "a capture, verifier standard / tcprewrite",
      value: ["tagStandard", "wall"],
      per: [["tcprewrite", "wall"]],
      atMost: 1,
    },
    {
      text: "a capture, verifier off / tcprewrite",
      value: ["tagOff", "wall"],
      per: [["tcprewrite", "wall"]],
      atMost: 0.8,
    },
    {
      text: "a capture, pass-through, verifier standard / off",
      value: ["passStandard", "cpu"],
      per: [["passOff", "cpu"]],
      atMost: 1.3,
    },
    {
      text: "a capture, pass-through, verifier full / off",
      value: ["passFull", "cpu"],
      per: [["passOff", "cpu"]],
      atMost: 2.5,
    },
  ],
};
