// Finds files and symbols in raw descriptors. The bytes of each file go out as they came from the compiler:
// clients that check what they get accept nothing else.
import { Reader } from 'protobufjs/minimal.js';

/** Field numbers of google/protobuf/descriptor.proto that are looked at. */
const FILE = { name: 1, package: 2, dependency: 3, message: 4, enum: 5, service: 6, extension: 7 };
const MESSAGE = { name: 1, field: 2, nested: 3, enum: 4, extension: 6, oneof: 8 };
const MEMBERS = { name: 1, member: 2 };

export interface DescriptorFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly dependencies: readonly string[];
}

interface IndexedFile extends DescriptorFile {
  readonly symbols: readonly string[];
}

/** Length-delimited fields of one message, by field number. */
type Fields = ReadonlyMap<number, readonly Uint8Array[]>;

export class ReflectionIndex {
  readonly #files = new Map<string, IndexedFile>();
  readonly #bySymbol = new Map<string, IndexedFile>();

  /** @param descriptorSet a serialised FileDescriptorSet. @throws Error when it is none: it is part of the program */
  constructor(descriptorSet: Uint8Array) {
    for (const bytes of all(fieldsOf(descriptorSet), 1)) {
      const file = indexFile(bytes);
      this.#files.set(file.name, file);
      for (const symbol of file.symbols) this.#bySymbol.set(symbol, file);
    }
  }

  /** The file and all that it imports, directly or not; undefined when there is no such file. */
  byName(name: string): readonly DescriptorFile[] | undefined {
    const file = this.#files.get(name);
    return file === undefined ? undefined : this.#withDependencies(file);
  }

  /** The file that declares a message, enum, field, service or method, and all that it imports. */
  bySymbol(symbol: string): readonly DescriptorFile[] | undefined {
    const file = this.#bySymbol.get(symbol);
    return file === undefined ? undefined : this.#withDependencies(file);
  }

  #withDependencies(file: IndexedFile): readonly DescriptorFile[] {
    const found = new Map<string, DescriptorFile>();
    const visit = (each: IndexedFile): void => {
      if (found.has(each.name)) return;
      found.set(each.name, each);
      for (const name of each.dependencies) {
        const dependency = this.#files.get(name);
        if (dependency !== undefined) visit(dependency);
      }
    };
    visit(file);
    return [...found.values()];
  }
}

function indexFile(bytes: Uint8Array): IndexedFile {
  const fields = fieldsOf(bytes);
  const scope = text(fields, FILE.package);
  return {
    name: text(fields, FILE.name),
    bytes,
    dependencies: all(fields, FILE.dependency).map(asText),
    symbols: [
      ...all(fields, FILE.message).flatMap((each) => messageSymbols(scope, each)),
      ...[...all(fields, FILE.enum), ...all(fields, FILE.service)].flatMap((each) => memberSymbols(scope, each)),
      ...all(fields, FILE.extension).map((each) => qualified(scope, text(fieldsOf(each), 1))),
    ],
  };
}

function messageSymbols(scope: string, bytes: Uint8Array): readonly string[] {
  const fields = fieldsOf(bytes);
  const own = qualified(scope, text(fields, MESSAGE.name));
  const members = [MESSAGE.field, MESSAGE.extension, MESSAGE.oneof].flatMap((number) => all(fields, number));
  return [
    own,
    ...members.map((each) => qualified(own, text(fieldsOf(each), 1))),
    ...all(fields, MESSAGE.nested).flatMap((each) => messageSymbols(own, each)),
    ...all(fields, MESSAGE.enum).flatMap((each) => memberSymbols(own, each)),
  ];
}

/** A service with its methods, or an enum with its values. */
function memberSymbols(scope: string, bytes: Uint8Array): readonly string[] {
  const fields = fieldsOf(bytes);
  const own = qualified(scope, text(fields, MEMBERS.name));
  return [own, ...all(fields, MEMBERS.member).map((each) => qualified(own, text(fieldsOf(each), 1)))];
}

function qualified(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

function fieldsOf(bytes: Uint8Array): Fields {
  const fields = new Map<number, Uint8Array[]>();
  const reader = Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) !== 2) {
      reader.skipType(tag & 7);
      continue;
    }
    const number = tag >>> 3;
    fields.set(number, [...(fields.get(number) ?? []), reader.bytes()]);
  }
  return fields;
}

function all(fields: Fields, number: number): readonly Uint8Array[] {
  return fields.get(number) ?? [];
}

function text(fields: Fields, number: number): string {
  const last = all(fields, number).at(-1);
  return last === undefined ? '' : asText(last);
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
