import { describe, expect, it } from "vitest";
import { NET_BUFFER_LIST_POOL_PARAMETERS } from "../layout/object-header.js";
import { NDIS_STATUS } from "../layout/status.js";
import { hexAddress } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { Lab } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

/** A pool of one kind: made, used once and freed, by the functions of that kind. */
interface Kind {
  readonly name: string;
  readonly create: (lab: Lab) => number;
  readonly take: (lab: Lab, pool: number) => number;
  readonly give: (lab: Lab, object: number) => void;
  readonly free: (lab: Lab, pool: number) => void;
  readonly names: {
    readonly allocate: string;
    readonly freePool: string;
    readonly freeObject: string;
    readonly create: string;
  };
}

const KINDS: Kind[] = [
  {
    name: "NDIS_BUFFER pool",
    create: (lab) => lab.bufferPool(8),
    take: (lab, pool) => lab.buffer(pool, lab.block(8), 8),
    give: (lab, buffer) => lab.ddi.NdisFreeBuffer(buffer),
    free: (lab, pool) => lab.ddi.NdisFreeBufferPool(pool),
    names: {
      allocate: "NdisAllocateBuffer",
      freePool: "NdisFreeBufferPool",
      freeObject: "NdisFreeBuffer",
      create: "NdisAllocateBufferPool",
    },
  },
  {
    name: "NDIS_PACKET pool",
    create: (lab) => lab.packetPool(8),
    take: (lab, pool) => lab.packet(pool),
    give: (lab, packet) => lab.ddi.NdisFreePacket(packet),
    free: (lab, pool) => lab.ddi.NdisFreePacketPool(pool),
    names: {
      allocate: "NdisAllocatePacket",
      freePool: "NdisFreePacketPool",
      freeObject: "NdisFreePacket",
      create: "NdisAllocatePacketPool",
    },
  },
  {
    name: "NET_BUFFER pool",
    create: (lab) => lab.netBufferPool(),
    take: (lab, pool) => lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0),
    give: (lab, nb) => lab.ddi.NdisFreeNetBuffer(nb),
    free: (lab, pool) => lab.ddi.NdisFreeNetBufferPool(pool),
    names: {
      allocate: "NdisAllocateNetBuffer",
      freePool: "NdisFreeNetBufferPool",
      freeObject: "NdisFreeNetBuffer",
      create: "NdisAllocateNetBufferPool",
    },
  },
  {
    name: "NET_BUFFER_LIST pool",
    create: (lab) => lab.netBufferListPool(),
    take: (lab, pool) => lab.ddi.NdisAllocateNetBufferList(pool, 0, 0),
    give: (lab, nbl) => lab.ddi.NdisFreeNetBufferList(nbl),
    free: (lab, pool) => lab.ddi.NdisFreeNetBufferListPool(pool),
    names: {
      allocate: "NdisAllocateNetBufferList",
      freePool: "NdisFreeNetBufferListPool",
      freeObject: "NdisFreeNetBufferList",
      create: "NdisAllocateNetBufferListPool",
    },
  },
];

/** Tags of the pools whose functions take none. */
const TAGS: Readonly<Record<string, string>> = { "NDIS_BUFFER pool": "'fbDN'", "NDIS_PACKET pool": "'ppDN'" };

/** A whole life of a pool. */
const lifeOf =
  ({ create, take, give, free }: Kind, mistake: (lab: Lab, pool: number) => void = () => {}): Act =>
  (lab) => {
    const pool = onLine(lab, 10, () => create(lab));
    give(lab, take(lab, pool));
    onLine(lab, 20, () => free(lab, pool));
    onLine(lab, 30, () => mistake(lab, pool));
  };

/** verifier-rules §3. */
describe.each(KINDS)("a $name", (kind) => {
  const { name, create, take, give, free, names } = kind;

  it("POOL-HANDLE: one that was freed", () => {
    let handle = 0;
    const finding = planted(
      "POOL-HANDLE",
      lifeOf(kind, (lab, pool) => {
        handle = pool;
        take(lab, pool);
      }),
      lifeOf(kind),
    );
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 30 },
      allocatedAt: { line: 10 },
      object: { kind: name, address: handle },
    });
    expectTells(finding, names.allocate, hexAddress(handle), "driver.c:20");
  });

  it("POOL-HANDLE: one that never was", () => {
    const finding = planted("POOL-HANDLE", (lab) => void take(lab, 0x30_0000), lifeOf(kind));
    expectTells(finding, names.allocate, "0x00300000", names.create);
    planted("POOL-HANDLE", (lab) => free(lab, lab.block(64)), lifeOf(kind));
  });

  it("POOL-TYPE: another kind, in every function that takes one", () => {
    for (const other of KINDS.filter((candidate) => candidate !== kind))
      for (const use of [take, free]) {
        let handle = 0;
        const act =
          (wrong: boolean): Act =>
          (lab) => {
            const own = create(lab);
            handle = other.create(lab);
            if (wrong) use(lab, handle);
            other.give(lab, other.take(lab, handle));
            other.free(lab, handle);
            give(lab, take(lab, own));
            free(lab, own);
          };
        const finding = planted("POOL-TYPE", act(true), act(false));
        expect(finding).toMatchObject({ severity: "bug", object: { kind: other.name, address: handle } });
        expectTells(finding, hexAddress(handle), other.name, name, names.create);
      }
  });

  it("POOL-DFREE: freed twice", () => {
    const finding = planted(
      "POOL-DFREE",
      lifeOf(kind, (lab, pool) => free(lab, pool)),
      lifeOf(kind),
    );
    expect(finding).toMatchObject({ severity: "bug", at: { line: 30 }, allocatedAt: { line: 10 } });
    expectTells(finding, names.freePool, "driver.c:20");
  });

  it("POOL-OUTSTANDING: freed while objects are out, which are no leaks of their own then", () => {
    let out: number[] = [];
    const act =
      (count: number): Act =>
      (lab) => {
        const pool = create(lab);
        out = [1, 2, 3].map((line) => onLine(lab, line, () => take(lab, pool)));
        for (const object of out.slice(count)) give(lab, object);
        onLine(lab, 20, () => free(lab, pool));
      };
    const one = planted("POOL-OUTSTANDING", act(1), act(0));
    expectTells(one, names.freePool, "1 ", "driver.c:1", hexAddress(out[0]), names.freeObject);
    const all = planted("POOL-OUTSTANDING", act(3), act(0));
    expectTells(all, "3 ", ...out.flatMap((address, i) => [hexAddress(address), `driver.c:${i + 1}`]));
    expect(all.severity).toBe(name === "NET_BUFFER_LIST pool" ? "bug" : "error");
    expect(all.object?.kind).toBe(name);
  });

  it("POOL-LEAK: alive at unload", () => {
    let handle = 0;
    const act =
      (freed: boolean): Act =>
      (lab) => {
        handle = onLine(lab, 10, () => create(lab));
        give(lab, take(lab, handle));
        if (freed) free(lab, handle);
      };
    const finding = planted("POOL-LEAK", act(false), act(true));
    expect(finding).toMatchObject({ severity: "error", at: { line: 10 }, object: { kind: name, address: handle } });
    expectTells(finding, hexAddress(handle), names.freePool, TAGS[name] ?? "'Test'");
  });
});

const [BUFFERS, PACKETS, NET_BUFFERS, LISTS] = KINDS;

it("POOL-OUTSTANDING: objects of a packet or NET_BUFFER pool that are freed after it are not reported again", () => {
  for (const { create, take, give, free, ...kind } of [PACKETS, NET_BUFFERS, LISTS])
    planted(
      "POOL-OUTSTANDING",
      (lab) => {
        const pool = create(lab);
        const object = take(lab, pool);
        free(lab, pool);
        give(lab, object);
      },
      lifeOf({ create, take, give, free, ...kind }),
    );
});

it("POOL-OUTSTANDING: what is out afterwards is nothing to work with", () => {
  const lab = new Lab();
  const [netBuffers, lists] = [lab.netBufferPool(), lab.netBufferListPool()];
  const [nb, nbl] = [NET_BUFFERS.take(lab, netBuffers), LISTS.take(lab, lists)];
  lab.ddi.NdisFreeNetBufferPool(netBuffers);
  lab.ddi.NdisFreeNetBufferListPool(lists);
  lab.takeRules();
  lab.ddi.NdisAdjustNetBufferCurrentMdl(nb);
  lab.ddi.NdisGetPoolFromNetBufferList(nbl);
  expect(lab.rules).toEqual(["NB-NOTPOOL", "NBL-NOTPOOL"]);
});

it("POOL-OUTSTANDING: names eight of many", () => {
  const act =
    (count: number): Act =>
    (lab) => {
      const pool = lab.netBufferPool();
      const out = Array.from({ length: 20 }, () => lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0));
      for (const nb of out.slice(count)) lab.ddi.NdisFreeNetBuffer(nb);
      lab.ddi.NdisFreeNetBufferPool(pool);
    };
  const finding = planted("POOL-OUTSTANDING", act(20), act(0));
  expectTells(finding, "20 ");
  expect(finding.message.match(/0x[0-9a-f]{8}/g)).toHaveLength(9); // the pool and eight
});

it("POOL-NULL", () => {
  const finding = planted("POOL-NULL", (lab) => void lab.buffer(0, lab.block(8), 8), lifeOf(BUFFERS));
  expect(finding.severity).toBe("error");
  expectTells(finding, "some Windows versions accept", "NdisAllocateBufferPool");
});

it("POOL-ZERO", () => {
  const act =
    (descriptors: number): Act =>
    (lab) => {
      const pool = lab.bufferPool(descriptors);
      if (descriptors > 0) lab.ddi.NdisFreeBuffer(lab.buffer(pool, lab.block(8), 8));
      lab.ddi.NdisFreeBufferPool(pool);
    };
  const finding = planted("POOL-ZERO", act(0), act(1));
  expect(finding).toMatchObject({ severity: "info", object: null });
  expectTells(finding, "none");
});

it("POOL-INIT", () => {
  const act =
    (initializing: boolean): Act =>
    (lab) => {
      lab.verifier.initializing = initializing;
      lifeOf(BUFFERS)(lab);
    };
  expect(planted("POOL-INIT", act(false), act(true))).toMatchObject({ severity: "warn", at: { line: 10 } });
});

it("POOL-UNUSED", () => {
  let handle = 0;
  const act =
    (used: boolean): Act =>
    (lab) => {
      handle = lab.bufferPool(8);
      if (used) lab.ddi.NdisFreeBuffer(lab.buffer(handle, lab.block(8), 8));
      lab.ddi.NdisFreeBufferPool(handle);
    };
  expect(planted("POOL-UNUSED", act(false), act(true))).toMatchObject({
    severity: "info",
    object: { kind: "NDIS_BUFFER pool", address: handle },
  });
});

it("POOL-EXHAUST", () => {
  const calls: ((lab: Lab, pool: number) => number)[] = [
    (lab, pool) => lab.buffer(pool, lab.block(8), 8),
    (lab, pool) => {
      lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, lab.chain([8]), 0, 8);
      return lab.u32(lab.out);
    },
  ];
  for (const call of calls) {
    let handle = 0;
    const act =
      (count: number): Act =>
      (lab) => {
        handle = onLine(lab, 10, () => lab.bufferPool(3));
        const out = Array.from({ length: count }, () => call(lab, handle));
        expect(out.filter((buffer) => buffer !== 0)).toHaveLength(3);
        for (const buffer of out.slice(0, 3)) lab.ddi.NdisFreeBuffer(buffer);
        lab.ddi.NdisFreeBufferPool(handle);
      };
    const finding = planted("POOL-EXHAUST", act(4), act(3));
    const object = { kind: "NDIS_BUFFER pool", address: handle };
    expect(finding).toMatchObject({ severity: "warn", allocatedAt: { line: 10 }, object });
    expectTells(finding, hexAddress(handle), "3 descriptors", "3 are out", "NdisFreeBuffer");
  }
});

it("POOL-EXHAUST: a copy that needs more descriptors than are left", () => {
  const act =
    (length: number): Act =>
    (lab) => {
      const pool = lab.bufferPool(2);
      lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, lab.chain([4, 0, 4, 4]), 2, length);
      for (let copy = lab.u32(lab.out), next = 0; copy !== 0; copy = next) {
        next = lab.u32(copy);
        lab.ddi.NdisFreeBuffer(copy);
      }
      lab.ddi.NdisFreeBufferPool(pool);
    };
  planted("POOL-EXHAUST", act(7), act(6));
});

it("POOL-HEADER", () => {
  const members = [
    ["Header.Type", 0x81],
    ["Header.Revision", 2],
    ["Header.Size", 11],
  ] as const;
  for (const [member, value] of members)
    for (const list of [false, true]) {
      const act =
        (wrong: boolean): Act =>
        (lab) => {
          const parameters = list ? lab.netBufferListPoolParameters() : lab.netBufferPoolParameters();
          if (wrong) writeFields(lab.machine.memory, NET_BUFFER_LIST_POOL_PARAMETERS, parameters, { [member]: value });
          const pool = list
            ? lab.ddi.NdisAllocateNetBufferListPool(0, parameters)
            : lab.ddi.NdisAllocateNetBufferPool(0, parameters);
          expect(pool === 0).toBe(wrong);
          if (pool !== 0) (list ? LISTS : NET_BUFFERS).free(lab, pool);
        };
      const finding = planted("POOL-HEADER", act(true), act(false));
      expect(finding.severity).toBe("error");
      const found = { "Header.Type": "Type 0x81", "Header.Revision": "Revision 2", "Header.Size": "Size 11" }[member];
      expectTells(finding, found, "0x80", `revision 1 and at least ${list ? 16 : 12} bytes`);
      if (list) expectTells(finding, "or revision 2 and at least 20 bytes");
    }
});

it("POOL-PARAMS", () => {
  const act =
    (fAllocateNetBuffer: boolean): Act =>
    (lab) => {
      const pool = lab.netBufferListPool({ fAllocateNetBuffer, DataSize: 64 });
      if (pool !== 0) LISTS.free(lab, pool);
    };
  const finding = planted("POOL-PARAMS", act(false), act(true));
  expect(finding.severity).toBe("error");
  expectTells(finding, "fAllocateNetBuffer", "DataSize 64", "FALSE with 0", "TRUE with 0", "TRUE with a size");
});

it("POOL-PARAMS is not what a shortage of memory is called", () => {
  const lab = new Lab();
  lab.machine.nonpaged.fault = () => true;
  expect([
    lab.netBufferListPool(),
    lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 64 }),
    lab.netBufferPool(),
  ]).toEqual([0, 0, 0]);
  expect(lab.rules).toEqual([]);
});

/** What the functions of packet pools have besides. */
describe("packet pools", () => {
  const lifeOfEx =
    (packets: number, overflow: number, reserved = 16): Act =>
    (lab) => {
      onLine(lab, 10, () => lab.ddi.NdisAllocatePacketPoolEx(lab.status, lab.out, packets, overflow, reserved));
      const pool = lab.u32(lab.out);
      if (packets + overflow > 0) lab.ddi.NdisFreePacket(lab.packet(pool));
      lab.ddi.NdisFreePacketPool(pool);
    };

  it("POOL-ZERO", () => {
    expect(planted("POOL-ZERO", lifeOfEx(0, 0), lifeOfEx(0, 1))).toMatchObject({ severity: "info", at: { line: 10 } });
  });

  it("POOL-RESLEN", () => {
    const finding = planted("POOL-RESLEN", lifeOfEx(1, 0, 17), lifeOfEx(1, 0, 16));
    expect(finding).toMatchObject({ severity: "info", at: { line: 10 } });
    expectTells(finding, "17", "16 bytes");
  });

  it("POOL-INIT", () => {
    const act =
      (initializing: boolean): Act =>
      (lab) => {
        lab.verifier.initializing = initializing;
        lifeOf(PACKETS)(lab);
      };
    expect(planted("POOL-INIT", act(false), act(true))).toMatchObject({ severity: "warn", at: { line: 10 } });
  });

  it("POOL-UNUSED", () => {
    const act =
      (used: boolean): Act =>
      (lab) => {
        const pool = lab.packetPool(8);
        if (used) lab.ddi.NdisFreePacket(lab.packet(pool));
        lab.ddi.NdisFreePacketPool(pool);
      };
    expect(planted("POOL-UNUSED", act(false), act(true)).object?.kind).toBe("NDIS_PACKET pool");
  });

  it.each(["strict", "windows"] as const)("POOL-EXHAUST, under the profile %s", (profile) => {
    let pool = 0;
    const act =
      (count: number): Act =>
      (lab) => {
        pool = onLine(lab, 10, () => lab.packetPool(3));
        const out = Array.from({ length: count }, () => onLine(lab, 20, () => lab.packet(pool)));
        for (const packet of out.slice(0, 3)) lab.ddi.NdisFreePacket(packet);
        lab.ddi.NdisFreePacketPool(pool);
      };
    const finding = planted("POOL-EXHAUST", act(4), act(3), { profile });
    expect(finding).toMatchObject({ severity: "warn", at: { line: 20 }, allocatedAt: { line: 10 } });
    expectTells(finding, hexAddress(pool), "3 packets", "3 are out", "NdisFreePacket");
  });

  it("POOL-HANDLE and POOL-TYPE of every function that takes one", () => {
    const lab = new Lab();
    const wrong = lab.bufferPool(1);
    for (const use of [
      () => lab.ddi.NdisPacketPoolUsage(wrong),
      () => lab.ddi.NdisSetPacketPoolProtocolId(wrong, 2),
      () => lab.ddi.NdisDprAllocatePacket(lab.status, lab.out, wrong),
      () => lab.ddi.NdisDprAllocatePacketNonInterlocked(lab.status, lab.out, wrong),
    ]) {
      lab.machine.irql.at(2, use);
      expect(lab.takeRules()).toEqual(["POOL-TYPE"]);
    }
    expect(lab.packet(0)).toBe(0);
    expect([lab.u32(lab.status), lab.takeRules()]).toEqual([NDIS_STATUS.NDIS_STATUS_RESOURCES, ["POOL-HANDLE"]]);
  });
});
