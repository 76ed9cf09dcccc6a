import { constants } from "./structure.js";

/**
 * Receive side scaling: which fields of a frame were hashed and by which function. Hash information is one number.
 *
 * ```
 *  31        24 23                        8 7              0
 *  ┌───────────┬───────────────────────────┬────────────────┐
 *  │ 0         │ type                      │ function       │
 *  └───────────┴───────────────────────────┴────────────────┘
 * ```
 */
export const NDIS_HASH = constants({
  NDIS_HASH_FUNCTION_MASK: 0x000000ff,
  NDIS_HASH_TYPE_MASK: 0x00ffff00,
  NdisHashFunctionToeplitz: 0x1,
  NdisHashFunctionReserved1: 0x2,
  NdisHashFunctionReserved2: 0x4,
  NdisHashFunctionReserved3: 0x8,
  NDIS_HASH_IPV4: 0x100,
  NDIS_HASH_TCP_IPV4: 0x200,
  NDIS_HASH_IPV6: 0x400,
  NDIS_HASH_IPV6_EX: 0x800,
  NDIS_HASH_TCP_IPV6: 0x1000,
  NDIS_HASH_TCP_IPV6_EX: 0x2000,
});
