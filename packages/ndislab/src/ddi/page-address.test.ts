import { expect, it } from "vitest";
import { archived, pageAddress } from "./page-address.js";

it("pages are in the DDI reference, in the archive of NDIS 5 or elsewhere", () => {
  expect(["ndis/nf-ndis-ndisallocatebuffer", archived("ff551981"), "/windows-hardware/x"].map(pageAddress)).toEqual([
    "https://learn.microsoft.com/windows-hardware/drivers/ddi/ndis/nf-ndis-ndisallocatebuffer",
    "https://learn.microsoft.com/previous-versions/windows/hardware/network/ff551981%28v=vs.85%29",
    "https://learn.microsoft.com/windows-hardware/x",
  ]);
});
