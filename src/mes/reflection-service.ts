// grpc.reflection.v1: tells clients such as `buf curl` and `grpcurl` what is served. Source: grpc/reflection/v1.
import type { grpc } from '../../proto/generated/celda.js';
import type { Outcome, Received, ServerReflectionHandlers } from '../../proto/generated/services.js';
import type { ServiceRefusal } from '../ports/service-refusal.ts';
import type { DescriptorFile, ReflectionIndex } from './reflection-index.ts';
import { STATUS_CODES } from './status-codes.ts';

type Request = Received<grpc.reflection.v1.ServerReflectionRequest>;
type Response = grpc.reflection.v1.ServerReflectionResponse.$Properties;
type Answer = Omit<Response, 'validHost' | 'originalRequest'>;

/** @param served names of the services to list; others stay undescribed in the list */
export function createReflectionService(
  index: ReflectionIndex,
  served: readonly string[],
): ServerReflectionHandlers<ServiceRefusal> {
  return {
    async *serverReflectionInfo(requests): AsyncGenerator<Outcome<Response, ServiceRefusal>> {
      for await (const request of requests) {
        yield { ok: true, value: { validHost: request.host, ...echo(request), ...answer(index, served, request) } };
      }
    },
  };
}

function echo(request: Request): Pick<Response, 'originalRequest'> {
  const { host, fileByFilename, fileContainingSymbol, allExtensionNumbersOfType, listServices } = request;
  const given = { fileByFilename, fileContainingSymbol, allExtensionNumbersOfType, listServices };
  const set = Object.entries(given).filter(([, value]) => value !== null);
  return { originalRequest: { host, ...Object.fromEntries(set) } };
}

function answer(index: ReflectionIndex, served: readonly string[], request: Request): Answer {
  if (request.listServices !== null) {
    return { listServicesResponse: { service: [...served].sort().map((name) => ({ name })) } };
  }
  if (request.fileByFilename !== null) return files(index.byName(request.fileByFilename), request.fileByFilename);
  if (request.fileContainingSymbol !== null) {
    return files(index.bySymbol(request.fileContainingSymbol), request.fileContainingSymbol);
  }
  if (request.allExtensionNumbersOfType !== null) {
    return index.bySymbol(request.allExtensionNumbersOfType) === undefined
      ? notFound(request.allExtensionNumbersOfType)
      : { allExtensionNumbersResponse: { baseTypeName: request.allExtensionNumbersOfType, extensionNumber: [] } };
  }
  return notFound('extension');
}

function files(found: readonly DescriptorFile[] | undefined, what: string): Answer {
  if (found === undefined) return notFound(what);
  return { fileDescriptorResponse: { fileDescriptorProto: found.map((file) => file.bytes) } };
}

function notFound(what: string): Answer {
  return { errorResponse: { errorCode: STATUS_CODES.NOT_FOUND, errorMessage: `not found: ${what.slice(0, 200)}` } };
}
