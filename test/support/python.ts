// The Python that clients of a cell are tried with.
import { execFileSync } from 'node:child_process';

/** A Python that has grpcio; undefined: none here. Debian's own first. */
export function pythonWithGrpc(): string | undefined {
  return ['/usr/bin/python3', 'python3'].find((python) => {
    try {
      execFileSync(python, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}
