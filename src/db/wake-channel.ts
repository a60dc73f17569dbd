/** Where a process without a queue says which row it wants advanced: `<job name> <key>`. */
export const WAKE_CHANNEL = "newsletter_rows";
