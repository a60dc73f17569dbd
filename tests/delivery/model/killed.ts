/** What a process throws that dies in the middle of something. */
export class Killed extends Error {}
