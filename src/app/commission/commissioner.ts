// Goes through the points of a cell with a person and keeps the report: one record and one write for each point.
import type { Point } from '../../commissioning/points.ts';
import {
  areAllPassed,
  type CommissionReport,
  confirmed,
  type FoundBoard,
  type Measured,
  type PointRecord,
  type PointStanding,
  standings,
  withRecord,
} from '../../commissioning/report.ts';
import type { Language } from '../../commissioning/words.ts';
import type { CellModel } from '../../core/cell-model.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import type { BoardReach } from '../reach-boards.ts';
import { Bench } from './bench.ts';
import { CellRun } from './cell-run.ts';
import { Conversation, Ended, PointEnd } from './conversation.ts';
import type { Dialogue } from './dialogue.ts';
import type { Surroundings } from './procedure.ts';
import { seeActing } from './see-acting.ts';
import { seeForced, seeLease } from './see-boards.ts';
import { seeAnalog, seeSwitch } from './see-inputs.ts';
import { seeReset, seeStop } from './see-stops.ts';

export interface CommissionerOptions {
  readonly cell: CellModel;
  readonly reach: BoardReach;
  readonly found: readonly FoundBoard[];
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly dialogue: Dialogue;
  readonly language: Language;
  /** Who commissions; undefined: the person is asked. */
  readonly by: string | undefined;
  /** A single point, whatever stands of it; undefined: all that have not passed. */
  readonly only: string | undefined;
  /** Keeps the report, after each point. */
  readonly save: (report: CommissionReport) => void;
  /** Ends it as the person would. */
  readonly signal: AbortSignal;
}

export class Commissioner {
  readonly #options: CommissionerOptions;
  readonly #say: Conversation;
  readonly #failed = new AbortController();
  #defect: Error | undefined = undefined;
  #report: CommissionReport;
  #bench: Bench | undefined = undefined;
  #run: CellRun | undefined = undefined;

  constructor(options: CommissionerOptions, report: CommissionReport) {
    this.#options = options;
    this.#report = report;
    const signal = AbortSignal.any([options.signal, this.#failed.signal]);
    this.#say = new Conversation(options.dialogue, options.clock, options.language, signal);
  }

  /** @returns the report as it stands when all is done or the person has ended. Ends with every output safe. */
  async run(): Promise<CommissionReport> {
    try {
      await this.#goThrough();
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
    } finally {
      await this.#closeAll();
    }
    if (this.#defect !== undefined) throw this.#defect;
    return this.#report;
  }

  async #goThrough(): Promise<void> {
    const { cell, found, only, save } = this.#options;
    const all = standings(cell, this.#report, found);
    const todo = all.filter(({ point, state }) => (only === undefined ? state !== 'passed' : point.id === only));
    const isConfirmed = this.#report.configHash === cell.configHash && this.#report.confirmedBy !== '';
    if (todo.length === 0 && isConfirmed) return;
    const by = this.#options.by ?? (await this.#say.type('name'));
    for (const [index, standing] of todo.entries()) await this.#goTo(standing, by, index + 1, todo.length);
    this.#say.begin('');
    if (!areAllPassed(standings(cell, this.#report, found))) return;
    if (!(await this.#say.choose('confirm', { configHash: cell.configHash.slice(0, 12) }))) return;
    this.#report = confirmed(this.#report, cell, by, this.#now());
    save(this.#report);
  }

  async #goTo(standing: PointStanding, by: string, number: number, count: number): Promise<void> {
    const { dialogue, save, cell, found } = this.#options;
    for (;;) {
      dialogue.begin(standing, number, count);
      this.#say.begin(standing.point.id);
      const record: PointRecord = {
        id: standing.point.id,
        fingerprint: standing.fingerprint,
        by,
        ...(await this.#see(standing.point)),
        at: this.#now(),
        configHash: cell.configHash,
        boards: found,
      };
      this.#report = withRecord(this.#report, record);
      save(this.#report);
      dialogue.tell(record);
      if (record.result !== 'failed') return;
      if ((await this.#say.answer('after-failure', ['again', 'yes'])) === 'yes') return;
    }
  }

  async #see(point: Point): Promise<Pick<PointRecord, 'result' | 'reason' | 'measured'>> {
    try {
      return { result: 'passed', reason: '', measured: await this.#procedure(point) };
    } catch (error) {
      if (!(error instanceof PointEnd)) throw error;
      return { result: error.result, reason: error.message, measured: [] };
    }
  }

  async #procedure(point: Point): Promise<readonly Measured[]> {
    const around = this.#around();
    switch (point.kind) {
      case 'hard-wired-stop':
        await this.#say.confirm('hard-wired-stop');
        return [];
      case 'switch':
        return seeSwitch(around, point);
      case 'analog':
        return seeAnalog(around, point);
      case 'lease':
        return seeLease(around, point);
      case 'forced':
        return seeForced(around, point);
      case 'acting':
        return seeActing(around, point);
      case 'stop':
        return seeStop(around, point);
      case 'reset':
        return seeReset(around, point);
      default:
        return point satisfies never;
    }
  }

  #around(): Surroundings {
    const { cell, language } = this.#options;
    return {
      cell,
      language,
      say: this.#say,
      openBench: () => this.#openBench(),
      startCell: () => this.#startCell(),
    };
  }

  async #openBench(): Promise<Bench> {
    if (this.#bench !== undefined) return this.#bench;
    await this.#closeAll();
    const bench = new Bench({ ...this.#options, onError: (error) => this.#onDefect(error) });
    this.#bench = bench;
    bench.start();
    await this.#awaitBoards((board) => bench.board(board).image !== undefined);
    return bench;
  }

  async #startCell(): Promise<CellRun> {
    if (this.#run !== undefined) return this.#run;
    await this.#closeAll();
    const run = new CellRun({ ...this.#options, onError: (error) => this.#onDefect(error) });
    this.#run = run;
    await this.#awaitBoards((board) => {
      const link = run.snapshot?.boards.find(({ name }) => name === board)?.link;
      return link === 'stopped' || link === 'unproven';
    });
    return run;
  }

  async #awaitBoards(isThere: (board: string) => boolean): Promise<void> {
    const { boards } = this.#options.cell;
    const missing = (): readonly string[] => boards.flatMap(({ name }) => (isThere(name) ? [] : [name]));
    if (missing().length === 0) return;
    await this.#say.until('boards', {}, { isDone: () => missing().length === 0, live: () => missing().join(', ') });
  }

  #onDefect(error: Error): void {
    this.#defect ??= error;
    this.#failed.abort();
  }

  /** One of them has the boards at a time. */
  async #closeAll(): Promise<void> {
    this.#bench?.stop();
    this.#bench = undefined;
    const run = this.#run;
    this.#run = undefined;
    if (this.#defect === undefined) await run?.stop();
  }

  #now(): string {
    return new Date(this.#options.clock.wall()).toISOString();
  }
}
