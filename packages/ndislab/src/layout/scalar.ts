/**
 * The scalar types of the Windows headers on 32-bit x86: ILP32, 8-byte types aligned to 8.
 * wasm32 has the same model; i386 Linux has not (its 8-byte types align to 4).
 */
export interface Scalar {
  readonly kind: "scalar";
  readonly name: string;
  /** What the name stands for in C. */
  readonly c: string;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
}

function scalars<const T extends Record<string, readonly [c: string, size: 1 | 2 | 4 | 8, signed?: "signed"]>>(
  table: T,
): { readonly [K in keyof T & string]: Scalar } {
  const result: Record<string, Scalar> = {};
  for (const [name, [c, size, sign]] of Object.entries(table)) {
    result[name] = { kind: "scalar", name, c, size, signed: sign === "signed" };
  }
  return result as { readonly [K in keyof T & string]: Scalar };
}

/** Every scalar typedef that a structure or a prototype may name, in the order C needs them. */
export const SCALARS = scalars({
  CHAR: ["char", 1, "signed"],
  UCHAR: ["unsigned char", 1],
  SHORT: ["short", 2, "signed"],
  CSHORT: ["short", 2, "signed"],
  USHORT: ["unsigned short", 2],
  WCHAR: ["unsigned short", 2],
  INT: ["int", 4, "signed"],
  UINT: ["unsigned int", 4],
  LONG: ["long", 4, "signed"],
  ULONG: ["unsigned long", 4],
  LONGLONG: ["long long", 8, "signed"],
  ULONGLONG: ["unsigned long long", 8],
  LONG64: ["long long", 8, "signed"],
  ULONG64: ["unsigned long long", 8],
  DWORD64: ["unsigned long long", 8],
  BYTE: ["unsigned char", 1],
  WORD: ["unsigned short", 2],
  DWORD: ["unsigned long", 4],
  INT8: ["signed char", 1, "signed"],
  INT16: ["short", 2, "signed"],
  LONG32: ["int", 4, "signed"],
  ULONG32: ["unsigned int", 4],
  UINT8: ["unsigned char", 1],
  UINT16: ["unsigned short", 2],
  INT32: ["int", 4, "signed"],
  UINT32: ["unsigned int", 4],
  INT64: ["long long", 8, "signed"],
  UINT64: ["unsigned long long", 8],
  LONG_PTR: ["long", 4, "signed"],
  ULONG_PTR: ["unsigned long", 4],
  INT_PTR: ["int", 4, "signed"],
  DWORD_PTR: ["ULONG_PTR", 4],
  SSIZE_T: ["LONG_PTR", 4, "signed"],
  UINT_PTR: ["unsigned int", 4],
  SIZE_T: ["ULONG_PTR", 4],
  BOOLEAN: ["UCHAR", 1],
  CCHAR: ["char", 1, "signed"],
  KIRQL: ["UCHAR", 1],
  KPRIORITY: ["LONG", 4, "signed"],
  KAFFINITY: ["ULONG_PTR", 4],
  PFN_NUMBER: ["ULONG", 4],
  KSPIN_LOCK: ["ULONG_PTR", 4],
  EX_SPIN_LOCK: ["volatile LONG", 4, "signed"],
  KPROCESSOR_MODE: ["CCHAR", 1, "signed"],
  ACCESS_MASK: ["ULONG", 4],
  DEVICE_TYPE: ["ULONG", 4],
  PVOID: ["void *", 4],
  HANDLE: ["PVOID", 4],
  NTSTATUS: ["LONG", 4, "signed"],
  NDIS_STATUS: ["int", 4, "signed"],
  NDIS_HANDLE: ["PVOID", 4],
  NDIS_OID: ["ULONG", 4],
  NDIS_PORT_NUMBER: ["ULONG", 4],
  NDIS_PROTOCOL_ID: ["UCHAR", 1],
  IF_INDEX: ["ULONG", 4],
  NET_IFINDEX: ["ULONG", 4],
  NET_IFTYPE: ["USHORT", 2],
  NDIS_NIC_SWITCH_ID: ["ULONG", 4],
  NDIS_NIC_SWITCH_VPORT_ID: ["ULONG", 4],
  NET_IF_COMPARTMENT_ID: ["UINT32", 4],
});

export type ScalarName = keyof typeof SCALARS;
