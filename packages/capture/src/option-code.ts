/** Numbers of the options of pcapng blocks, under their names in draft-ietf-opsawg-pcapng. */
export const OptionCode = {
  opt_endofopt: 0,
  opt_comment: 1,
  /** Custom options; the last two are not to be copied into another file. */
  opt_custom_string: 2988,
  opt_custom_bytes: 2989,
  opt_custom_string_private: 19372,
  opt_custom_bytes_private: 19373,

  shb_hardware: 2,
  shb_os: 3,
  shb_userappl: 4,

  if_name: 2,
  if_description: 3,
  if_IPv4addr: 4,
  if_IPv6addr: 5,
  if_MACaddr: 6,
  if_EUIaddr: 7,
  if_speed: 8,
  if_tsresol: 9,
  if_tzone: 10,
  if_filter: 11,
  if_os: 12,
  if_fcslen: 13,
  if_tsoffset: 14,
  if_hardware: 15,
  if_txspeed: 16,
  if_rxspeed: 17,
  if_iana_tzname: 18,

  epb_flags: 2,
  epb_hash: 3,
  epb_dropcount: 4,
  epb_packetid: 5,
  epb_queue: 6,
  epb_verdict: 7,
  epb_processid_threadid: 8,
} as const;

/**
 * Where an option's value holds numbers, whose bytes have the order of the section: from `start` on, each of `width`
 * bytes.
 */
export interface NumberFields {
  readonly start: number;
  readonly width: number;
  /** How many; by default as many as there are. */
  readonly count?: number;
}

/** The numbers in the options of one kind of block, by option code; what is not listed is text, addresses or opaque. */
export type NumberTable = ReadonlyMap<number, NumberFields>;

const enterpriseNumber: NumberFields = { start: 0, width: 4, count: 1 };
const words: NumberFields = { start: 0, width: 4 };
const longs: NumberFields = { start: 0, width: 8 };

const common: readonly (readonly [number, NumberFields])[] = [
  [OptionCode.opt_custom_string, enterpriseNumber],
  [OptionCode.opt_custom_bytes, enterpriseNumber],
  [OptionCode.opt_custom_string_private, enterpriseNumber],
  [OptionCode.opt_custom_bytes_private, enterpriseNumber],
];

/** For section headers, name resolution records and blocks without numbers in their own options. */
export const commonNumbers: NumberTable = new Map(common);

export const interfaceNumbers: NumberTable = new Map([
  ...common,
  [OptionCode.if_speed, longs],
  [OptionCode.if_tzone, words],
  [OptionCode.if_tsoffset, longs],
  [OptionCode.if_txspeed, longs],
  [OptionCode.if_rxspeed, longs],
]);

export const packetNumbers: NumberTable = new Map([
  ...common,
  [OptionCode.epb_flags, words],
  [OptionCode.epb_dropcount, longs],
  [OptionCode.epb_packetid, longs],
  [OptionCode.epb_queue, words],
  [OptionCode.epb_verdict, { start: 1, width: 8 }],
  [OptionCode.epb_processid_threadid, words],
]);
