/** Where a process says what it does: data first, then a sentence. Neither addresses nor tokens get into it. */
export interface Log {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
