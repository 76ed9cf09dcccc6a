import { beforeEach, describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { MDL_PREFIX } from "../layout/pool.js";
import type { Helper } from "../memory/helper.js";
import { ORIGINAL_LISTS, OriginalList, type Shape } from "../testing/original-list.js";
import { DERIVED_OFFSET } from "./derived-lists.js";

/** Calls of the native code, and how many of them it could do. */
let asked = 0;
let done = 0;

/** Lets clones be made and freed by native code, seen as it works, or step by step. */
function choose({ lab }: OriginalList, native: boolean): void {
  const counted =
    (call: (...args: number[]) => number) =>
    (...args: number[]): number => {
      asked++;
      const result = native ? call(...args) : 0;
      if (result !== 0) done++;
      return result;
    };
  const { cloneList, freeClone } = lab.machine.memory.helper;
  const lists = lab.machine.derivedLists as unknown as { helper: Partial<Helper> };
  lists.helper = {
    cloneList: counted(cloneList as (...args: number[]) => number),
    freeClone: counted(freeClone as (...args: number[]) => number),
  };
}

beforeEach(() => {
  asked = 0;
  done = 0;
});

/** Every word of a clone, an address of its own as its name. */
function words(original: OriginalList, clone: number): (number | string)[] {
  const { lab } = original;
  const names = new Map<number, string>([[clone, "list"]]);
  const parts: [address: number, bytes: number][] = [[clone, NET_BUFFER_LIST.size]];
  for (const nb of original.on(clone)) {
    names.set(nb, `netBuffer${parts.length}`);
    parts.push([nb, NET_BUFFER.size]);
    for (const mdl of original.mdls(nb)) {
      names.set(mdl, `mdl${parts.length}`);
      parts.push([mdl - MDL_PREFIX.size, MDL_PREFIX.size + lab.machine.memory.u16[(mdl + MDL.offset.Size) >>> 1]]);
    }
  }
  return parts.flatMap(([address, bytes]) =>
    Array.from({ length: bytes / 4 }, (_, i) => {
      const word = lab.u32(address + 4 * i);
      return names.get(word) ?? word;
    }),
  );
}

/** All that is given out, NDIS' own lists too. */
const account = (original: OriginalList): unknown => {
  const { pools } = original.lab.machine;
  const own = (original.lab.machine.derivedLists as unknown as { listPool: number }).listPool;
  return [original.account, pools.live(own)];
};

/** MDLs whose pieces end on pages, take all pages of a slot, and one more; 4096 is the alignment of such blocks. */
const PAGES: { name: string; shapes: readonly Shape[] }[] = [
  { name: "a page", shapes: [[[4096], 0, 4096]] },
  { name: "the last byte of a page", shapes: [[[8192], 4095, 1]] },
  { name: "from within a page to its end", shapes: [[[8192], 100, 8092]] },
  { name: "seven pages", shapes: [[[7 * 4096], 0, 7 * 4096]] },
  { name: "seven pages, not at their start", shapes: [[[8 * 4096], 1, 7 * 4096 - 1]] },
  { name: "eight pages", shapes: [[[8 * 4096], 1, 7 * 4096]] },
  { name: "eight pages in the second MDL", shapes: [[[100, 9 * 4096], 50, 50 + 7 * 4096 + 1]] },
];

describe.each([...ORIGINAL_LISTS, ...PAGES])("of $name", ({ shapes }) => {
  it("a clone by native code is word for word the one that is made step by step", () => {
    const original = new OriginalList(shapes, true);
    for (const nb of original.netBuffers)
      for (const mdl of original.mdls(nb)) original.lab.setU32(mdl + MDL.offset.Process, 0x1230);
    const before = account(original);
    choose(original, false);
    const slow = original.clone();
    const expected = words(original, slow);
    choose(original, true);
    const fast = original.clone();
    expect(words(original, fast)).toEqual(expected);
    choose(original, false);
    original.lab.plain.NdisFreeCloneNetBufferList(slow, 0);
    choose(original, true);
    const own = original.on(fast);
    original.lab.plain.NdisFreeCloneNetBufferList(fast, 0);
    expect(account(original)).toEqual(before);
    expect(original.lab.u32(fast + DERIVED_OFFSET)).toBe(0);
    if (own.length > 0) expect(original.lab.u32(own[0] + NET_BUFFER.offset.NdisReserved)).toBe(0);
    expect(asked).toBe(4);
    const pieces = shapes.length === 1 && !/eight/.test(String(PAGES.find((row) => row.shapes === shapes)?.name));
    expect(done).toBe(pieces ? 2 : 0);
  });
});

describe("native code leaves to the other", () => {
  const one: readonly Shape[] = [[[100, 100], 50, 100]];

  /** A clone that native code made and, after `change`, must not free. */
  function changed(change: (original: OriginalList, clone: number) => void): void {
    const original = new OriginalList(one, true);
    const before = account(original);
    choose(original, true);
    const clone = original.clone();
    expect(done).toBe(1);
    change(original, clone);
    original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect([asked, done]).toEqual([2, 1]);
    expect(account(original)).toEqual(before);
  }

  it("a clone whose data start was retreated into an MDL of its own", () => {
    changed(({ lab: { plain } }, clone) => {
      expect(plain.NdisRetreatNetBufferDataStart(plain.NET_BUFFER_LIST_FIRST_NB(clone), 14, 0, 0)).toBe(0);
    });
  });

  it("a clone that got a second NET_BUFFER", () => {
    changed(({ lab, netBufferPool }, clone) => {
      const nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(clone);
      lab.setU32(nb, lab.machine.netBuffers.allocate(netBufferPool, 0, 0, 0));
    });
  });

  it("a clone that got another NET_BUFFER in the place of its own", () => {
    const original = new OriginalList(one, true);
    choose(original, true);
    const clone = original.clone();
    const nb = original.lab.machine.netBuffers.allocate(original.netBufferPool, 0, 0, 0);
    original.lab.setU32(clone + NET_BUFFER_LIST.offset.FirstNetBuffer, nb);
    original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect([asked, done]).toEqual([2, 1]);
    expect(original.lab.machine.pools.live(original.netBufferPool)).toBe(1); // that of the original
  });

  it("a pool without NET_BUFFERs, one with data, and what is no pool", () => {
    const original = new OriginalList(one, true);
    const { netBufferLists, pools, mdlPool } = original.lab.machine;
    const bare = netBufferLists.create({ tag: 1 });
    const data = netBufferLists.create({ tag: 1, allocateNetBuffer: true, dataSize: 64 });
    for (const pool of [bare, data]) netBufferLists.free(netBufferLists.allocate(pool, 0, 0)); // a free slot
    choose(original, true);
    for (const pool of [bare, data]) original.lab.plain.NdisFreeCloneNetBufferList(original.clone(0, pool), 0);
    expect([original.clone(0, mdlPool), original.clone(0, 0x20001), done]).toEqual([0, 0, 0]);
    expect([pools.live(bare), pools.live(data)]).toEqual([0, 0]);
  });

  it("lists of any pool while freed ones of some wait", () => {
    const original = new OriginalList(one, true);
    original.lab.machine.netBufferLists.create({ tag: 1, verify: true });
    choose(original, true);
    original.lab.plain.NdisFreeCloneNetBufferList(original.clone(), 0);
    expect([asked, done]).toEqual([1, 1]);
  });

  it("no MDL that is the driver's: it stays out", () => {
    const original = new OriginalList(one, true);
    const mdl = original.lab.chain([10]);
    const before = account(original);
    choose(original, true);
    const clone = original.clone();
    const { plain } = original.lab;
    const [first] = original.mdls(plain.NET_BUFFER_LIST_FIRST_NB(clone));
    original.lab.setU32(mdl, original.lab.u32(first));
    original.lab.setU32(first, mdl);
    plain.NdisFreeCloneNetBufferList(clone, 0);
    expect([asked, done]).toEqual([2, 2]);
    expect(account(original)).toEqual(before);
  });
});
