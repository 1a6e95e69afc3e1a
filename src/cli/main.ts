// The command line of Celda: one file per command in `commands/`. Everything it does goes through app, config and gRPC.
import { Command, CommanderError } from 'commander';
import { endSoon } from '../app/end-process.ts';
import { EXIT_CODES } from '../app/operator-error.ts';
import { SOFTWARE_VERSION } from '../app/software-version.ts';
import type { CommandContext } from './command.ts';
import { addAlarmsCommand, addStopsCommand } from './commands/alarms.ts';
import { addBoardCommand } from './commands/board.ts';
import { addBypassCommand } from './commands/bypass.ts';
import { addCertsCommand } from './commands/certs.ts';
import { addCheckCommand } from './commands/check.ts';
import { addCommissionCommand } from './commands/commission.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addFaultCommand } from './commands/fault.ts';
import { addFlashCommand } from './commands/flash.ts';
import { addIoCommand } from './commands/io.ts';
import { addJobCommand } from './commands/job.ts';
import { addJogCommand } from './commands/jog.ts';
import { addJournalCommands } from './commands/journal.ts';
import { addPlantCommand } from './commands/plant.ts';
import { addRunCommand } from './commands/run.ts';
import { addSchemaCommand } from './commands/schema.ts';
import { addSetCommand } from './commands/set.ts';
import { addSimCommand } from './commands/sim.ts';
import { addSignalsCommand, addUnitCommand } from './commands/unit.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addWorkMasterCommand } from './commands/work-master.ts';
import { keepCompiledCode } from './compile-cache.ts';
import { createConsole } from './console.ts';
import { localeOf, SHOW_HELP, usageFailure, usageText, wantsJson } from './usage-text.ts';

keepCompiledCode();

const args = process.argv.slice(2);
const locale = localeOf(args);
const isJson = wantsJson(args);

const context: CommandContext = {
  console: createConsole(),
  locale,
  exit: (code) => {
    process.exitCode = code;
  },
};

const program = new Command('celda')
  .description('Controller of a small robot cell, and a simulator of all of it')
  .version(SOFTWARE_VERSION)
  .showHelpAfterError(isJson ? false : SHOW_HELP[locale])
  .configureOutput({
    outputError: (text, write) =>
      isJson ? context.console.json(usageFailure(text, locale)) : write(usageText(text, locale)),
  })
  .exitOverride()
  .addHelpText(
    'after',
    `
Celda is not a safety component. A cell needs a certified, hard-wired emergency stop.

Exit codes: 0 done, 1 the job or operation failed, 2 wrong usage or input, 3 nothing answers, 4 cell or port in use.
Every command that gives data takes --json. docs/reference/cli.md describes all of it.`,
  );

for (const add of [
  addSimCommand,
  addRunCommand,
  addBoardCommand,
  addCheckCommand,
  addVerifyCommand,
  addDoctorCommand,
  addFlashCommand,
  addIoCommand,
  addCommissionCommand,
  addSchemaCommand,
  addJobCommand,
  addWorkMasterCommand,
  addUnitCommand,
  addSignalsCommand,
  addAlarmsCommand,
  addStopsCommand,
  addBypassCommand,
  addCertsCommand,
  addJogCommand,
  addJournalCommands,
  addSetCommand,
  addFaultCommand,
  addPlantCommand,
]) {
  add(program, context);
}

// A reader that has seen enough (`celda job list | head`) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT_CODES.ok);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
}
endSoon();
