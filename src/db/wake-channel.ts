/** Where a process without a queue says which row it wants advanced: `<job name> <key> <priority>`. */
export const WAKE_CHANNEL = "newsletter_rows";
