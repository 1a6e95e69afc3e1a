// `celda run`: runs a cell with real boards, or with whatever is behind its ports.
import type { Command } from 'commander';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { createLog } from '../console.ts';
import { LIMITS_OF_USE } from '../limits-of-use.ts';
import { accessLine, type ListenOptions, listenOn, withListen } from '../listen-options.ts';
import { collectPort, localeOption } from '../options.ts';
import { type PushOptions, pushTo, withPush } from '../push-options.ts';
import { interruptedLines } from '../ready-text.ts';

interface RunOptions extends ListenOptions, PushOptions {
  readonly port: Readonly<Record<string, string>>;
  readonly locale: Locale;
  readonly journal?: string;
}

export function addRunCommand(program: Command, context: CommandContext): void {
  const run = program
    .command('run')
    .description('run a cell: control process, gateway process, and a supervisor over both')
    .argument('<cell.yaml>', 'the cell')
    .option('--port <board=path>', 'serial port or tcp://host:port of a board; repeat for each board', collectPort, {})
    .option(
      '--journal <file>',
      'file that remembers job orders across restarts (default: .celda/<cell>.journal.db beside the cell)',
    );
  const command = withPush(withListen(run))
    .addOption(localeOption())
    .action((cellPath: string, options: RunOptions) => act(context, false, () => runCell(cellPath, options, context)));
  examples(command, [
    'celda run cell.yaml --port uno-1=/dev/ttyACM0',
    'celda run cell.yaml --port uno-1=tcp://192.168.1.20:4000 --grpc-port 50061',
    'celda run cell.yaml --grpc-listen 192.168.1.5:50051 --tls-cert server.crt --tls-key server.key \\\n      --client-ca ca.crt --roles roles.yaml',
  ]);
}

const READY = {
  en: {
    ready: (cell: string, grpc: string) => `cell ${cell} is ready: gRPC on ${grpc}`,
    stopped: 'it is stopped, as after every start',
    begin: 'press the reset button at the cell, then submit a job order:',
    configuration: (hash: string) => `configuration: ${hash}`,
    end: 'Ctrl-C stops the cell in a controlled way',
  },
  es: {
    ready: (cell: string, grpc: string) => `la celda ${cell} está lista: gRPC en ${grpc}`,
    stopped: 'está parada, como tras cada arranque',
    begin: 'presione el rearme en la celda y luego envíe una orden:',
    configuration: (hash: string) => `configuración: ${hash}`,
    end: 'Ctrl-C para la celda de forma controlada',
  },
} as const satisfies Record<Locale, object>;

async function runCell(cellPath: string, options: RunOptions, { console }: CommandContext): Promise<number> {
  console.note(console.style('yellow', LIMITS_OF_USE[options.locale]));
  const [{ runSupervisor }, { commissioned }, { verifiedLine }, { journalPath, linkedJournal }] = await Promise.all([
    import('../../app/supervisor.ts'),
    import('../../app/commission/commissioned.ts'),
    import('../../app/verified.ts'),
    import('../../app/journal-place.ts'),
  ]);
  const grpcListen = await listenOn(options);
  const push = await pushTo(options);
  return runSupervisor({
    cellPath,
    ports: options.port,
    grpc: grpcListen,
    instance: '',
    journal: options.journal === undefined ? journalPath(cellPath) : linkedJournal(options.journal),
    push,
    log: createLog(console),
    locale: options.locale,
    onReady: ({ cell, grpc, interrupted }) => {
      const words = READY[options.locale];
      console.print(words.ready(cell.name, grpc));
      console.print(`  ${accessLine(grpcListen, options.locale)}`);
      console.print(words.configuration(cell.configHash.slice(0, 12)));
      console.print(verifiedLine(cell, cellPath, options.locale));
      console.print(commissioned(cell, cellPath, options.locale).line);
      console.print(words.stopped);
      const tls = grpcListen.access === undefined ? '' : ' --tls-ca <file> --tls-cert <file> --tls-key <file>';
      const connection = ` --address ${grpc}${tls}`;
      const begin = [words.begin, `  celda job submit <work master>${connection}`];
      const lines = interrupted.length > 0 ? interruptedLines(interrupted, connection, options.locale) : begin;
      for (const line of lines) console.print(line);
      console.print(words.end);
    },
  });
}
