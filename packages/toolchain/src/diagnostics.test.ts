import { expect, it } from "vitest";
import { splitDiagnostics } from "./diagnostics.js";

it("takes errors and warnings apart, each with its context, source and notes", () => {
  const text = `In file included from a.c:1:
In file included from x.h:2:
./y.h:3:4: warning: odd [-Wodd]
    3 | int odd;
      |     ^~~
C:\\drv\\a.c:5:6: error: bad
    5 | int bad
      |        ^
a.c:2:1: note: declared here
a.c:9:1: warning: stray
a.c:9:2: note: of a warning
fatal error: too many errors emitted, stopping now [-ferror-limit=]
2 warnings and 1 error generated.
`;
  expect(splitDiagnostics(text)).toEqual({
    errors: `C:\\drv\\a.c:5:6: error: bad
    5 | int bad
      |        ^
a.c:2:1: note: declared here
fatal error: too many errors emitted, stopping now [-ferror-limit=]`,
    warnings: `In file included from a.c:1:
In file included from x.h:2:
./y.h:3:4: warning: odd [-Wodd]
    3 | int odd;
      |     ^~~
a.c:9:1: warning: stray
a.c:9:2: note: of a warning`,
  });
  expect(splitDiagnostics("")).toEqual({ errors: "", warnings: "" });
});
