import type { DdiPages } from "../page.js";

/** Settings of a driver. */
export const CONFIGURATION_PAGES = {
  NdisOpenConfigurationEx: {
    summary: "Opens the settings of a driver or of one of its modules.",
    parameters: {
      ConfigObject: "Whose settings: `NdisHandle` is the handle of the driver or of a module.",
      ConfigurationHandle: "Receives the handle for `NdisReadConfiguration`.",
    },
    returns: "`NDIS_STATUS_SUCCESS`, `NDIS_STATUS_RESOURCES` or `NDIS_STATUS_FAILURE`.",
    ownership: "The handle is the caller's until `NdisCloseConfiguration`. The object is read during the call only.",
    failure: "There is no handle to close, and the driver goes on with its defaults.",
    remarks: [
      "With the handle from `NdisFRegisterFilterDriver` it opens what the driver as a whole is set to, with that from FilterAttach what the module is set to. Where one monitoring filter has several modules on an adapter, `NDIS_CONFIG_FLAG_FILTER_INSTANCE_CONFIGURATION` in `Flags` opens those of the one module; modifying filters may not use it.",
      "A filter reads in FilterAttach or FilterRestart, so that a change is seen at the next restart.",
    ],
    decisions: [
      "There is no registry here: the answer is `NDIS_STATUS_FAILURE`, and the handle is 0. So a run shows the driver with its defaults.",
    ],
    related: ["NdisReadConfiguration", "NdisCloseConfiguration"],
    example: "read-configuration",
    driverOnly: true,
  },
  NdisReadConfiguration: {
    summary: "Reads a setting by its name.",
    parameters: {
      Status:
        "Receives `NDIS_STATUS_SUCCESS`, `NDIS_STATUS_RESOURCES`, or `NDIS_STATUS_FAILURE` when there is no such setting.",
      ParameterValue: "Receives a pointer to the value and its type.",
      ConfigurationHandle: "What `NdisOpenConfigurationEx` gave out.",
      Keyword: "The name. `NdisVersion` and `ProcessorType` are there on every Windows.",
      ParameterType: "The type expected; Windows does not look at it.",
    },
    ownership:
      "The value is NDIS' and lives until `NdisCloseConfiguration`: strings that are needed for longer are copied. The name stays the caller's.",
    failure: "`ParameterValue` is not written. The driver takes its default.",
    remarks: [
      "NDIS checks nothing of what it reads. The driver looks at `ParameterType` of the value first, since somebody may have stored a string, and then at the range; what is out of range counts as not there.",
      "One read at a time: calls with one another and with writes of the configuration have to come in turn.",
    ],
    decisions: [
      "There are no settings here: the status is `NDIS_STATUS_FAILURE`, for the two names that Windows always has as well.",
    ],
    related: ["NdisOpenConfigurationEx", "NdisCloseConfiguration"],
    example: "read-configuration",
    driverOnly: true,
  },
  NdisCloseConfiguration: {
    summary: "Closes the settings of a driver, and frees all that was read from them.",
    parameters: {
      ConfigurationHandle: "What `NdisOpenConfigurationEx` gave out.",
    },
    ownership: "The handle is gone, and with it every value that `NdisReadConfiguration` gave out with it.",
    remarks: ["It is called once for each handle, and never after an open that failed."],
    decisions: ["No handle ever opens here, and the call does nothing."],
    related: ["NdisOpenConfigurationEx", "NdisReadConfiguration"],
    example: "read-configuration",
    driverOnly: true,
  },
} as const satisfies DdiPages;
