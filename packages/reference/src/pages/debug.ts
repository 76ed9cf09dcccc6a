import type { DdiPages } from "../page.js";

export const DEBUG_PAGES = {
  DbgPrint: {
    summary: "Prints a line for the developer.",
    parameters: {
      Format: "A format in the manner of `printf`, with the additions of Windows such as `%wZ` for a UNICODE_STRING.",
    },
    returns: "`STATUS_SUCCESS`.",
    ownership: "The texts stay the caller's; they are read during the call only.",
    remarks: [
      "`ndislab run` writes the text to standard error as it comes, so that a report on standard output stays clean.",
    ],
    related: ["DbgPrintEx"],
    example: "print-and-compare",
  },
  DbgPrintEx: {
    summary: "Prints a line for the developer, under the name of a component and with a level.",
    parameters: {
      ComponentId: "A `DPFLTR_…_ID`. Nothing is filtered by it here.",
      Level: "How serious it is. Nothing is filtered by it here.",
      Format: "As for `DbgPrint`.",
    },
    returns: "`STATUS_SUCCESS`.",
    ownership: "The texts stay the caller's; they are read during the call only.",
    decisions: ["Windows hides what its filter mask does not let through. Here everything is printed."],
    related: ["DbgPrint"],
    example: "print-and-compare",
  },
  DbgBreakPoint: {
    summary: "Stops in the debugger; without one the run of the driver ends here.",
    remarks: ["There is no debugger, so a driver that gets here is finished, and the finding names the line."],
    rules: ["DRIVER-TRAP"],
    related: ["RtlAssert"],
    example: "check-before-you-break",
    driverOnly: true,
  },
  RtlAssert: {
    summary: "Ends the run of the driver since something that must hold does not: what `ASSERT` and `NT_ASSERT` call.",
    parameters: {
      VoidFailedAssertion: "The text of the expression.",
      VoidFileName: "The source file.",
      LineNumber: "The line in it.",
      MutableMessage: "More to say, or NULL.",
    },
    ownership: "The texts stay the caller's.",
    remarks: ["The finding DRIVER-TRAP names the assertion and its line."],
    rules: ["DRIVER-TRAP"],
    related: ["DbgBreakPoint"],
    example: "check-before-you-break",
    driverOnly: true,
  },
  RtlInitUnicodeString: {
    summary: "Makes a counted string of one that ends in a zero.",
    parameters: {
      DestinationString: "The UNICODE_STRING to fill in; its storage is the caller's.",
      SourceString: "UTF-16, closed by a zero; NULL makes an empty string.",
    },
    ownership: "Nothing is copied: the counted string points at the source, which has to live as long.",
    remarks: ["Length counts bytes and leaves the closing zero out; MaximumLength has it."],
    related: ["DbgPrint"],
    example: "print-and-compare",
  },
} as const satisfies DdiPages;
