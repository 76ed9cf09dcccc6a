import { describe, expect, it } from "vitest";
import { memoryFiles } from "./file-source.js";
import { readSourceTree } from "./source-tree.js";

type Contents = readonly (readonly [string, string | Uint8Array])[];

/** Reads a tree in which the first file is the source; display path to text without the #line directive. */
function read(files: Contents, includeDirs: string[] = [], headers: [string, string][] = []): Record<string, string> {
  const tree = readSourceTree([files[0]![0]], includeDirs, headers, memoryFiles(files));
  return Object.fromEntries(
    Array.from(tree.files.values(), ({ display, text }) => {
      expect(text.split("\n", 1)[0]).toBe(`#line 1 ${JSON.stringify(display)}`);
      return [display, text.slice(text.indexOf("\n") + 1)];
    }),
  );
}

describe("readSourceTree", () => {
  it("leaves a spelling that the compiler understands alone", () => {
    const source = '#include "own.h"\n#include <lib/x.h>\n#include <ndis.h>\n#include "none.tmh"\n';
    const files = read(
      [
        ["drv/a.c", source],
        ["drv/own.h", "1"],
        ["inc/lib/x.h", "2"],
        ["drv/unused.h", "3"],
      ],
      ["inc"],
      [
        ["ndis.h", "4"],
        ["unused.h", "5"],
      ],
    );
    expect(files).toEqual({ "drv/a.c": source, "drv/own.h": "1", "inc/lib/x.h": "2", "ndis.h": "4" });
  });

  it("corrects case and backslashes without moving columns", () => {
    const files = read(
      [
        ["a.c", '  #  include "SUB\\X.H" // note\n#include <Ndis.H>'],
        ["sub/x.h", ""],
      ],
      [],
      [["ndis.h", ""]],
    );
    expect(files["a.c"]).toBe('  #  include "sub/x.h" // note\n#include <ndis.h>');
    expect(Object.keys(files)).toEqual(["a.c", "sub/x.h", "ndis.h"]);
  });

  it("prefers the exact case where two names differ in case only", () => {
    const files = read([
      ["a.c", '#include "x.h"\n#include "X.h"'],
      ["X.h", "upper"],
      ["x.h", "lower"],
    ]);
    expect(files["a.c"]).toBe('#include "x.h"\n#include "X.h"');
    expect(files).toMatchObject({ "x.h": "lower", "X.h": "upper" });
  });

  it("resolves .. so that a file has one path, and shows it as the user would", () => {
    const files = read(
      [
        ["../drv/src/a.c", '#include "..\\inc\\x.h"\n#include "../../up.h"'],
        ["../drv/inc/x.h", '#include "../inc/y.h"'],
        ["../drv/inc/y.h", ""],
        ["../up.h", ""],
      ],
      [],
    );
    expect(Object.keys(files)).toEqual(["../drv/src/a.c", "../drv/inc/x.h", "../up.h", "../drv/inc/y.h"]);
    expect(files["../drv/src/a.c"]).toBe('#include "/user/drv/inc/x.h"\n#include "/user/up.h"');
    expect(
      Object.keys(
        read([
          ["a.c", '#include "../b.h"'],
          ["../b.h", ""],
        ]),
      ),
    ).toEqual(["a.c", "../b.h"]);
  });

  it("searches the file's own directory, -I in order, the given headers, and at last beside the source", () => {
    const files: Contents = [
      ["src/a.c", "#include <one.h>"],
      ["i/one.h", '#include "two.h"\n#include "beside.h"\n#include "three.h"'],
      ["i/two.h", "own"],
      ["j/two.h", "other"],
      ["src/beside.h", "beside"],
    ];
    const found = read(files, ["i", "j"], [["three.h", "given"]]);
    expect(found).toMatchObject({ "i/two.h": "own", "src/beside.h": "beside", "three.h": "given" });
    expect(found["i/one.h"]).toContain('#include "/user/src/beside.h"');
    expect(found).not.toHaveProperty("j/two.h");
  });

  it("takes absolute paths", () => {
    const files = read([
      ["/x/a.c", '#include "/y/b.h"\n#include "\\y\\c.h"'],
      ["/y/b.h", ""],
      ["/y/c.h", ""],
    ]);
    expect(Object.keys(files)).toEqual(["/x/a.c", "/y/b.h", "\\y\\c.h"]);
    expect(files["/x/a.c"]).toBe('#include "/user/y/b.h"\n#include "/user/y/c.h"');
  });

  it("follows includes under every condition and survives circles", () => {
    const files = read([
      ["a.c", '#if 0\n#include "x.h"\n#endif'],
      ["x.h", '#include "a.c"\n#include "x.h"'],
    ]);
    expect(Object.keys(files)).toEqual(["a.c", "x.h"]);
  });

  it("takes the headers near an include whose name is a macro", () => {
    const files = read(
      [
        ["d/a.c", "#include NAME"],
        ["d/near.h", ""],
        ["d/text.txt", ""],
        ["i/far.tmh", ""],
      ],
      ["i"],
    );
    expect(Object.keys(files)).toEqual(["d/a.c", "d/near.h", "i/far.tmh"]);
  });

  it("reads UTF-8, UTF-16 and Western 8-bit text", () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0xe9, 0]);
    const latin = new Uint8Array([0x61, 0xe9]);
    const utf8 = new TextEncoder().encode("\ufeffaé");
    expect(read([["a.c", utf16]])).toEqual({ "a.c": "aé" });
    expect(read([["a.c", latin]])).toEqual({ "a.c": "aé" });
    expect(read([["a.c", utf8]])).toEqual({ "a.c": "aé" });
  });
});
