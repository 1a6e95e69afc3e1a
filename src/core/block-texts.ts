// What the diagnostic codes of function blocks mean, for whoever reads a fault that names a block.
import type { StateText } from './block-interface.ts';
import { blockInterface, SAFETY_BLOCKS, type SafetyBlockType } from './safety-blocks.ts';

function isBlockType(type: string): type is SafetyBlockType {
  return Object.hasOwn(SAFETY_BLOCKS, type);
}

/** @returns what `code` means in a block of `type`; undefined when there is no such type, or it has no such state */
export function codeText(type: string, code: string): StateText | undefined {
  if (!isBlockType(type)) return undefined;
  const { states } = blockInterface(type);
  return Object.hasOwn(states, code) ? states[code] : undefined;
}

/** How a detail names several blocks: `pair SF_Equivalent C004`, with commas between them. */
const NAMED = /([^\s,]+) (SF_\w+) ([0-9A-F]{4})/g;

/** A block as `NAMED` reads it. */
export function nameBlock(name: string, type: string, code: string): string {
  return `${name} ${type} ${code}`;
}

/** @returns what the codes in the detail of a fault mean, one text a block: `C001: ...`, or `pair C004: ...` where there are several */
export function blockTexts(
  detail: Readonly<Record<string, string | number | boolean>>,
  locale: 'en' | 'es',
): readonly string[] {
  const { blockType, diagCode, blocks } = detail;
  const single = codeText(String(blockType), String(diagCode));
  const named = [...String(blocks ?? '').matchAll(NAMED)].flatMap(([, name, type = '', code = '']) => {
    const text = codeText(type, code);
    return text === undefined ? [] : [`${name} ${code}: ${text[locale]}`];
  });
  return single === undefined ? named : [`${diagCode}: ${single[locale]}`, ...named];
}
