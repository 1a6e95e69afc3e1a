// Two names of one port are one port: `/dev/serial/by-id/...` is a link to `/dev/ttyACM0`.
import { realpathSync } from 'node:fs';

/** @returns the path with all links followed, or the path itself when it leads nowhere */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
