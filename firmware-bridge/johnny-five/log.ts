// Where everything goes that Johnny-Five would print. The owner of the catalogue decides what becomes of it.

/** How serious a line is. Nothing here is a fault: catalogue devices are never hazardous. */
export type LogLevel = 'info' | 'warn' | 'error';

/** Called with one finished line. Must not throw; may be called inside a turn of the control process, so it must be quick. */
export type Log = (level: LogLevel, text: string) => void;

/** @returns the message of an error, or whatever was thrown, as text. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
