/** A pool tag as drivers write it in C, `'NDam'`, whose bytes lie in memory the other way round. */
export const poolTag = (text: string): number => {
  if (text.length !== 4) throw new RangeError(`a pool tag has four characters, not "${text}"`);
  let tag = 0;
  for (let i = 0; i < 4; i++) tag = ((tag << 8) | (text.charCodeAt(i) & 0xff)) >>> 0;
  return tag;
};

/** A pool tag as pool tools print it: its four bytes in memory order, unprintable ones as a dot. */
export const tagText = (tag: number): string => {
  let text = "";
  for (let shift = 0; shift < 32; shift += 8) {
    const code = (tag >>> shift) & 0xff;
    text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ".";
  }
  return text;
};
