/** A whole number with its thousands apart. By hand, since the first `toLocaleString` of a process loads 15 ms of tables. */
export const count = (value: number): string => String(value).replace(/(?<=\d)(?=(\d{3})+$)/g, ",");
