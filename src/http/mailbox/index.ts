export { createMailbox } from "./mailbox.tsx";
