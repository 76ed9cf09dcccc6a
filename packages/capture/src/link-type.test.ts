import { expect, test } from "vitest";
import { LINK_TYPE_ETHERNET, linkTypeName } from "./link-type.js";

test("link types have their registered names", () => {
  const names = [LINK_TYPE_ETHERNET, 0, 101, 105, 113, 127, 228, 276].map(linkTypeName);
  expect(names).toEqual([
    "ETHERNET",
    "NULL",
    "RAW",
    "IEEE802_11",
    "LINUX_SLL",
    "IEEE802_11_RADIOTAP",
    "IPV4",
    "LINUX_SLL2",
  ]);
});

test("private and unknown numbers have a name too", () => {
  expect([147, 162, 11, 65535].map(linkTypeName)).toEqual(["USER0", "USER15", "LINKTYPE_11", "LINKTYPE_65535"]);
});
