// Where a cell pushes the responses to its job orders: nowhere, or to one MES.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { OperatorError } from '../app/operator-error.ts';
import type { PushSettings } from '../app/response-push.ts';

/** What can be pushed; the gateway's own list is compared with it by the compiler. */
const STATES = ['Ended', 'Aborted'] as const satisfies PushSettings['states'];

export interface PushOptions {
  readonly pushTo?: string;
  readonly pushStates?: PushSettings['states'];
  readonly pushCa?: string;
  readonly pushCert?: string;
  readonly pushKey?: string;
}

export function withPush(command: Command): Command {
  return command
    .option('--push-to <host:port>', 'MES that takes job responses (JobResponseReceiverService)', readAddress)
    .addOption(
      new Option('--push-states <states>', 'states whose responses it takes')
        .default(STATES, STATES.join(','))
        .argParser(readStates),
    )
    .option('--push-ca <file>', 'PEM: who signs the certificate of the MES')
    .option('--push-cert <file>', 'PEM: certificate that this cell shows to the MES')
    .option('--push-key <file>', 'PEM: its private key');
}

function readAddress(text: string): string {
  const port = Number(/^(?:\[[^\]]+\]|[^:[\]]+):(\d{1,5})$/.exec(text)?.[1]);
  if (port >= 1 && port <= 65_535) return text;
  throw new InvalidArgumentError('expected host:port, such as mes.example.org:50070 or [::1]:50070');
}

function readStates(text: string): PushSettings['states'] {
  const states = text.split(',').map((name) => STATES.find((state) => state === name.trim()));
  if (states.includes(undefined)) throw new InvalidArgumentError(`expected some of ${STATES.join(', ')}`);
  return STATES.filter((state) => states.includes(state));
}

/** @throws OperatorError when options contradict each other, or the files do not go together */
export async function pushTo(options: PushOptions): Promise<PushSettings | undefined> {
  const { pushTo: address, pushStates, pushCa, pushCert, pushKey } = options;
  const files = [pushCa, pushCert, pushKey].filter((path) => path !== undefined);
  if (address === undefined) {
    if (files.length === 0) return undefined;
    throw new OperatorError(
      {
        en: '--push-ca, --push-cert and --push-key say how to push, and nothing says where to',
        es: '--push-ca, --push-cert y --push-key dicen cómo enviar, y nada dice adónde',
      },
      { en: 'give --push-to', es: 'indique --push-to' },
    );
  }
  if (files.length !== 0 && files.length !== 3) {
    throw new OperatorError(
      {
        en: 'TLS to the MES needs --push-ca, --push-cert and --push-key',
        es: 'TLS hacia el MES necesita --push-ca, --push-cert y --push-key',
      },
      {
        en: 'give all three, or none for an MES on this machine',
        es: 'indique los tres, o ninguno para un MES en esta máquina',
      },
    );
  }
  const tls = {
    ...(pushCa === undefined ? {} : { tlsCa: pushCa }),
    ...(pushCert === undefined ? {} : { tlsCert: pushCert }),
    ...(pushKey === undefined ? {} : { tlsKey: pushKey }),
  };
  const [{ isLoopback }, { readClientTls }] = await Promise.all([
    import('../app/access/loopback.ts'),
    import('../app/access/client-tls.ts'),
  ]);
  if (readClientTls(tls) === undefined && !isLoopback(hostOf(address))) {
    throw new OperatorError(
      {
        en: `${address} is another machine, and plain text is for this one only`,
        es: `${address} es otra máquina, y el texto sin cifrar es solo para esta`,
      },
      { en: 'give --push-ca, --push-cert and --push-key', es: 'indique --push-ca, --push-cert y --push-key' },
    );
  }
  return { address, states: pushStates ?? STATES, tls };
}

function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}
