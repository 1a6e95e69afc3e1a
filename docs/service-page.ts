// One page of the reference of services: the services, messages and enums of a package, in the words of the protos' comments.

interface Field {
  readonly name: string;
  readonly number: number;
  readonly type: string;
  readonly typeName?: string;
  readonly label?: string;
  readonly oneofIndex?: number;
  readonly proto3Optional?: boolean;
}

interface Message {
  readonly name: string;
  readonly field?: readonly Field[];
  readonly oneofDecl?: readonly { readonly name: string }[];
  readonly nestedType?: readonly (Message & { readonly options?: { readonly mapEntry?: boolean } })[];
}

interface Enum {
  readonly name: string;
  readonly value: readonly { readonly name: string; readonly number?: number }[];
}

interface Service {
  readonly name: string;
  readonly method: readonly {
    readonly name: string;
    readonly inputType: string;
    readonly outputType: string;
    readonly clientStreaming?: boolean;
    readonly serverStreaming?: boolean;
  }[];
}

/** JSON form of google.protobuf.FileDescriptorProto, as far as it is read. */
export interface FileDescriptor {
  readonly name: string;
  readonly package: string;
  readonly messageType?: readonly Message[];
  readonly enumType?: readonly Enum[];
  readonly service?: readonly Service[];
  readonly sourceCodeInfo?: {
    readonly location: readonly { readonly path?: readonly number[]; readonly leadingComments?: string }[];
  };
}

/** Numbers of the fields of FileDescriptorProto and its parts, as paths of comments are made of them (descriptor.proto). */
const [MESSAGES, ENUMS, SERVICES, PARTS] = [4, 5, 6, 2] as const;

type Said = (...path: readonly number[]) => string;

/** @returns the comment of whatever a path leads to, as one line of Markdown */
function commentsOf(file: FileDescriptor): Said {
  const locations = file.sourceCodeInfo?.location ?? [];
  const texts = new Map(locations.map(({ path = [], leadingComments = '' }) => [path.join('.'), leadingComments]));
  return (...path) =>
    (texts.get(path.join('.')) ?? '')
      .trim()
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll('|', '\\|');
}

/** @param files all files of the package */
export function pageOf(name: string, files: readonly FileDescriptor[]): string {
  const said = files.map((file) => [file, commentsOf(file)] as const);
  const services = said.flatMap(([file, of]) =>
    (file.service ?? []).map((each, index) => serviceText(each, of, index)),
  );
  const messages = said.flatMap(([file, of]) =>
    (file.messageType ?? []).map((each, index) => messageText(each, of, index)),
  );
  const enums = said.flatMap(([file, of]) => (file.enumType ?? []).map((each, index) => enumText(each, of, index)));
  const sources = files.map(({ name: path }) => `[${path}](../../../proto/${path})`).join(', ');
  return [
    `# ${name}\n\nMade by \`npm run generate\` from ${sources}. How the services behave: [the job interface](../job-api.md).\n`,
    ...services,
    ...(messages.length > 0 ? ['## Messages\n', ...messages] : []),
    ...(enums.length > 0 ? ['## Enums\n', ...enums] : []),
  ].join('\n');
}

function serviceText(service: Service, said: Said, index: number): string {
  const rows = service.method.map((method, at) => [
    `\`${method.name}\``,
    `${method.clientStreaming === true ? 'stream of ' : ''}${typeText(method.inputType)}`,
    `${method.serverStreaming === true ? 'stream of ' : ''}${typeText(method.outputType)}`,
    said(SERVICES, index, PARTS, at),
  ]);
  return `## ${service.name}\n\n${said(SERVICES, index)}\n\n${table(['method', 'takes', 'gives', ''], rows)}`;
}

function messageText(message: Message, said: Said, index: number): string {
  const rows = (message.field ?? []).map((field, at) => [
    String(field.number),
    `\`${field.name}\``,
    fieldType(field, message),
    said(MESSAGES, index, PARTS, at),
  ]);
  const fields = rows.length === 0 ? 'No fields.\n' : table(['', 'field', 'type', ''], rows);
  return `### ${message.name}\n\n${said(MESSAGES, index)}\n\n${fields}`;
}

function enumText(each: Enum, said: Said, index: number): string {
  const rows = each.value.map(({ name, number = 0 }, at) => [
    String(number),
    `\`${name}\``,
    said(ENUMS, index, PARTS, at),
  ]);
  return `### ${each.name}\n\n${said(ENUMS, index)}\n\n${table(['', 'value', ''], rows)}`;
}

function fieldType(field: Field, message: Message): string {
  const entry = message.nestedType?.find(({ name, options }) => {
    return options?.mapEntry === true && field.typeName?.endsWith(`.${message.name}.${name}`) === true;
  });
  if (entry !== undefined) {
    const [key, value] = (entry.field ?? []).map(plainType);
    return `map of ${key} to ${value}`;
  }
  const choice = field.proto3Optional === true ? undefined : message.oneofDecl?.[field.oneofIndex ?? -1]?.name;
  const many = field.label === 'LABEL_REPEATED' ? 'several ' : '';
  const optional = field.proto3Optional === true ? 'optional ' : '';
  return `${many}${optional}${plainType(field)}${choice === undefined ? '' : `, one of \`${choice}\``}`;
}

function plainType({ type, typeName }: Field): string {
  return typeName === undefined ? type.replace('TYPE_', '').toLowerCase() : typeText(typeName);
}

/** `.celda.job.v1.JobOrder` is a link to its heading, on its own page. */
function typeText(fullName: string): string {
  const [, home = '', name = fullName] = /^\.(celda\.\w+\.v\d+)\.(\w+)$/.exec(fullName) ?? [];
  if (home === '') return `\`${fullName.slice(1)}\``;
  return `[${name}](${home}.md#${name.toLowerCase()})`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
