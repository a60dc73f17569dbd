export { clearAlert } from "./clear-alert.ts";
export { type Alert, countAlerts, listAlerts } from "./list-alerts.ts";
export { postAlert, sweepAlerts } from "./post-alert.ts";
export { closeAlert, openAlertRows } from "./queries.ts";
export { raiseAlert } from "./raise-alert.ts";
export { ALERT_KINDS, type AlertKind } from "./words.ts";
