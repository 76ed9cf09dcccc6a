/** A number with a meaning: plain numbers are accepted where one is asked for, one meaning is not accepted for another. */
export type Flavor<T, Name extends string> = T & { readonly flavor?: Name };

/** An opaque NDIS_HANDLE; 0 is the NULL handle. It is the address of what it stands for. */
export type Handle = Flavor<number, "handle">;

/** A byte address in the 32-bit space; 0 is NULL. */
export type Address = Flavor<number, "address" | "handle">;

export const NULL: Address = 0;

/** `value` rounded up to a multiple of `align`, a power of two. */
export const alignUp = (value: number, align: number): number => (value + align - 1) & -align;

export const hexAddress = (address: number): string => `0x${(address >>> 0).toString(16).padStart(8, "0")}`;
