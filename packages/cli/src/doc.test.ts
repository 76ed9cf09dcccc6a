import { describe, expect, it } from "vitest";
import { command } from "./testing/command.js";

describe("ndislab doc", () => {
  it("shows the page of a name, whatever its case", async () => {
    const { status, stdout, stderr } = await command("doc", "dbgprint");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("ULONG DbgPrint(PCSTR Format, ...)");
    for (const part of ["DbgPrint\n", "PARAMETERS", "RETURNS", "OWNERSHIP", "FACTS", "EXAMPLE", "SEE ALSO"])
      expect(stdout).toContain(part);
    expect(stdout).not.toMatch(/`|undefined/);
    expect(stdout).not.toContain("\u001b");
    const words = stdout.slice(0, stdout.indexOf("EXAMPLE")).split("\n");
    expect(words.filter((line) => line.length > 80 && !line.includes("http"))).toEqual([]);
  });

  it("lists all pages by family without a name", async () => {
    const { status, stdout } = await command("doc");
    expect(status).toBe(0);
    expect(stdout).toMatch(/DEBUGGING AND STRINGS/);
    expect(stdout).toMatch(/DbgPrintEx +Prints a line/);
  });

  it.each([
    ["DbgPrnt", 'ndislab: there is no page of "DbgPrnt". Did you mean DbgPrint?\n'],
    ["print", 'ndislab: there is no page of "print". Did you mean DbgPrint or DbgPrintEx?\n'],
    ["zzzzzz", 'ndislab: there is no page of "zzzzzz"; ndislab doc lists all pages.\n'],
    ["--what", "ndislab: ndislab doc has no option --what; see ndislab doc --help.\n"],
  ])("says of %s what is wrong", async (name, message) => {
    expect(await command("doc", name)).toEqual({ status: 2, stdout: "", stderr: message });
  });

  it("explains itself", async () => {
    const { status, stdout } = await command("doc", "--help");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: ndislab doc NAME/);
  });
});
