/** How the bytes of one NET_BUFFER lie in MDLs. */
export interface Layout {
  readonly name: string;
  /** ByteCount of each MDL. */
  readonly sizes: readonly number[];
  readonly dataOffset: number;
  readonly dataLength: number;
}

/** One packet in every physical form that code must not care about. */
export const LAYOUTS: readonly Layout[] = [
  { name: "one MDL", sizes: [100], dataOffset: 0, dataLength: 100 },
  { name: "one MDL with unused data before and slack behind", sizes: [200], dataOffset: 60, dataLength: 100 },
  { name: "many MDLs", sizes: [10, 20, 30, 40], dataOffset: 0, dataLength: 100 },
  {
    name: "many MDLs with unused data before and slack behind",
    sizes: [10, 20, 30, 40],
    dataOffset: 7,
    dataLength: 80,
  },
  { name: "a header split over two MDLs", sizes: [27, 120], dataOffset: 13, dataLength: 120 },
  { name: "the data starts where an MDL starts", sizes: [40, 60], dataOffset: 40, dataLength: 60 },
  { name: "the data ends where an MDL ends", sizes: [40, 60, 10], dataOffset: 3, dataLength: 97 },
  { name: "the data starts in a later MDL", sizes: [10, 20, 30, 40], dataOffset: 35, dataLength: 50 },
  { name: "zero-length MDLs everywhere", sizes: [0, 50, 0, 0, 50, 0], dataOffset: 20, dataLength: 70 },
  { name: "one byte in each MDL", sizes: Array<number>(40).fill(1), dataOffset: 5, dataLength: 30 },
  { name: "an MDL across pages", sizes: [5000, 9000], dataOffset: 4090, dataLength: 9000 },
  { name: "no data at the start", sizes: [64], dataOffset: 0, dataLength: 0 },
  { name: "no data at the end", sizes: [64, 32], dataOffset: 96, dataLength: 0 },
];

/** One list in every form: how each of its NET_BUFFERs lies. */
export const LIST_LAYOUTS: readonly { readonly name: string; readonly netBuffers: readonly Layout[] }[] = [
  { name: "no NET_BUFFER", netBuffers: [] },
  ...LAYOUTS.map((layout) => ({ name: layout.name, netBuffers: [layout] })),
  { name: "several NET_BUFFERs, each in another form", netBuffers: LAYOUTS },
  { name: "several NET_BUFFERs in the same form", netBuffers: [LAYOUTS[3], LAYOUTS[3], LAYOUTS[3]] },
];
