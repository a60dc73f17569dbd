export { addEditor, NewEditor } from "./add-editor.ts";
export { authenticate, type Editor } from "./authenticate.ts";
export { listEditors } from "./list-editors.ts";
export { remindOfReviews } from "./remind-of-reviews.ts";
export {
  ReminderWish,
  readReminders,
  stopReminders,
  stopRemindersFor,
  wishReminders,
  wishRemindersFor,
} from "./reminders.ts";
export { revokeEditor } from "./revoke-editor.ts";
export { ROLES, type Role } from "./table.ts";
