// The person at the terminal, or a script at a pipe, who is led through a commissioning.
import { emitKeypressEvents, type Key } from 'node:readline';
import type { Answer, Ask, Dialogue } from '../app/commission/dialogue.ts';
import type { ForceKey } from '../app/pin-forcing.ts';
import type { PointRecord, PointStanding } from '../commissioning/report.ts';
import { measuredText } from '../commissioning/report-html.ts';
import { titleOf } from '../commissioning/titles.ts';
import { ASKS, filled, type Language, STATE_WORDS } from '../commissioning/words.ts';
import type { Console } from './console.ts';

/** By the names that `readline` gives. `s` is the Spanish yes, so leaving out has another key there. */
const KEYS: Readonly<Record<Language, Readonly<Record<string, Answer | ForceKey>>>> = {
  en: { return: 'yes', enter: 'yes', y: 'yes', n: 'no', o: 'skip', r: 'again', q: 'end', ...forceKeys() },
  es: { return: 'yes', enter: 'yes', s: 'yes', n: 'no', o: 'skip', r: 'again', q: 'end', ...forceKeys() },
};

function forceKeys() {
  return { space: 'switch', left: 'less', h: 'less', right: 'more', l: 'more' } as const;
}

const HINTS = {
  en: { yes: 'Enter or y: yes', no: 'n: no, it fails', skip: 'o: leave it out', again: 'r: once more', end: 'q: end' },
  es: { yes: 'Enter o s: sí', no: 'n: no, falla', skip: 'o: omitirlo', again: 'r: otra vez', end: 'q: terminar' },
} as const satisfies Record<Language, Record<Answer, string>>;

/** After a failure a yes goes on. */
const GO_ON = { en: 'Enter: the next point', es: 'Enter: el siguiente punto' } as const;

type Terminal = typeof process.stdin;

export interface TerminalDialogueOptions {
  readonly terminal: Terminal;
  readonly console: Console;
  readonly language: Language;
  readonly isJson: boolean;
}

/** A line that is being typed. */
interface Typed {
  text: string;
  readonly resolve: (line: string) => void;
}

export class TerminalDialogue implements Dialogue {
  readonly #options: TerminalDialogueOptions;
  readonly #onKeypress = (text: string | undefined, key: Key): void => this.#onKey(text, key);
  readonly #onEnd = (): void => this.#endAll();
  #listener: (key: Answer | ForceKey) => void = () => undefined;
  #typed: Typed | undefined = undefined;
  #end: () => void = () => undefined;
  #shown = '';

  constructor(options: TerminalDialogueOptions) {
    this.#options = options;
  }

  /** @param onEnd Ctrl-C, q while nothing is typed, or the terminal is gone */
  start(onEnd: () => void): void {
    const { terminal } = this.#options;
    this.#end = onEnd;
    emitKeypressEvents(terminal);
    if (terminal.isTTY) terminal.setRawMode(true);
    terminal.on('keypress', this.#onKeypress);
    terminal.once('end', this.#onEnd);
    terminal.once('error', this.#onEnd);
    terminal.resume();
  }

  /** Puts the terminal back as it was. */
  stop(): void {
    const { terminal } = this.#options;
    terminal.off('keypress', this.#onKeypress);
    terminal.off('end', this.#onEnd);
    terminal.off('error', this.#onEnd);
    if (terminal.isTTY) terminal.setRawMode(false);
    terminal.pause();
  }

  begin({ point, state }: PointStanding, number: number, count: number): void {
    const { console, language, isJson } = this.#options;
    const title = titleOf(point, language);
    if (isJson) console.json({ point: { id: point.id, title, state, number, count } });
    else console.print(`\n${console.style('bold', `${number}/${count}  ${title}`)}  (${point.id})`);
  }

  ask(ask: Ask): void {
    const { console, language, isJson } = this.#options;
    const text = filled(ASKS[ask.step], language, ask.detail);
    this.#shown = '';
    if (isJson) {
      console.json({ ask: { ...ask, text } });
      return;
    }
    console.print(text);
    const hints = [...ask.answers, 'end' as const].map((answer) =>
      ask.step === 'after-failure' && answer === 'yes' ? GO_ON[language] : HINTS[language][answer],
    );
    if (ask.answers.length > 0) console.print(console.style('dim', `  [${hints.join('; ')}]`));
  }

  live(text: string): void {
    const { console, isJson } = this.#options;
    if (text === this.#shown) return;
    this.#shown = text;
    if (isJson) console.json({ live: text });
    else if (process.stdout.isTTY) console.progress(`  ${text}`);
  }

  type(ask: Ask): Promise<string> {
    this.ask(ask);
    return new Promise((resolve) => {
      this.#typed = { text: '', resolve };
    });
  }

  tell(record: PointRecord): void {
    const { console, language, isJson } = this.#options;
    if (isJson) {
      console.json({ record });
      return;
    }
    const { result, reason, measured } = record;
    console.print(console.style(result === 'passed' ? 'green' : 'red', `  ${filled(STATE_WORDS[result], language)}`));
    if (reason !== '') console.print(`  ${reason}`);
    for (const value of measured) console.print(`  ${measuredText(value, language)}`);
  }

  listen(listener: (key: Answer | ForceKey) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => undefined;
    };
  }

  #onKey(text: string | undefined, { name = '', ctrl = false }: Key): void {
    if (ctrl && (name === 'c' || name === 'd')) {
      this.#endAll();
      return;
    }
    if (this.#typed !== undefined) {
      this.#onText(this.#typed, text ?? '', name);
      return;
    }
    const key = KEYS[this.#options.language][name];
    if (key !== undefined && !ctrl) this.#listener(key);
  }

  /** An empty line is no name and no reason: it is asked on. */
  #onText(typed: Typed, text: string, name: string): void {
    if (name === 'return' || name === 'enter') {
      const line = typed.text.trim();
      if (line === '') return;
      this.#typed = undefined;
      if (!this.#options.isJson) this.#options.console.print(`  ${line}`);
      typed.resolve(line);
    } else if (name === 'backspace') typed.text = typed.text.slice(0, -1);
    else if (!/\p{Cc}/u.test(text)) typed.text += text;
    if (!this.#options.isJson && process.stdout.isTTY) this.#options.console.progress(`  > ${typed.text}`);
  }

  #endAll(): void {
    this.#end();
    this.#listener('end');
  }
}
