const MICROSOFT = "https://learn.microsoft.com";

/** Path of a page that is kept in the archive of NDIS 5, by its number there. */
export const archived = (number: string): string => `/previous-versions/windows/hardware/network/${number}(v=vs.85)`;

/** Where the page of an entry is. What starts with a slash is no page of the DDI reference. */
export function pageAddress(page: string): string {
  const path = page.startsWith("/") ? page : `/windows-hardware/drivers/ddi/${page}`;
  return MICROSOFT + path.replace("(", "%28").replace(")", "%29"); // as Markdown wants them
}
