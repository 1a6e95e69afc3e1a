// Keeps compiled code between starts: Celda runs its TypeScript as it is, and stripping types anew costs time and memory.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * In a folder of this user: code from one that others can write to must not be run. Processes started from here inherit
 * it by their environment. Where it cannot be written to, Node goes on without.
 */
export function keepCompiledCode(): void {
  const { env } = process;
  const caches = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  env['NODE_COMPILE_CACHE'] ??= join(caches, 'celda', 'compile');
  enableCompileCache(env['NODE_COMPILE_CACHE']);
}
