// Lines of log that a service writes. Types only.

/** `info`: nobody has to do anything, as when trouble has passed; `warn`: others are to blame, or it is tried again; `error`: all else. */
export type LineLevel = 'info' | 'warn' | 'error';

/** Called with one finished line; never throws and never blocks. `level`: @defaultValue `error` */
export type LineLog = (line: string, level?: LineLevel) => void;
