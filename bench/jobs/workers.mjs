// Pools that several workers share.
import * as library from "ndislab";

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "workers",
  title: "Pools shared by workers",
  about:
    "The pair by two workers at once, each with its cache of free slots over one shared memory, beside the pair by one.",
  unit: "ns a pair",
  figures: { pair: "pair" },
  skip: () => ("SharedMachine" in library ? undefined : "the library has no pools that workers share"),
  sides: {},
  goals: [{ text: "pair by two workers / by one", value: ["two", "pair"], per: [["one", "pair"]], atMost: 1.2 }],
};
