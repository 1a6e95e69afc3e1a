// SF_Guard (SF_GuardMonitoring of V1.0), V1.0 codes. Stricter: an opened switch is seen before a held reset, and also in the
// state of a held reset. Both switches open in one call are a guard opened completely: the wait for it takes no call of its own.
import type { BlockOracle, Facts } from './oracle.ts';

function next(code: string, { is, rose, ms, settings }: Facts): string {
  const [one, two] = [is('switch1'), is('switch2')];
  const areBothClosed = one && two;
  const opened = one || two ? '8002' : '8012';
  const isOver = ms >= Number(settings['discrepancyTimeMs']);
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      if (!areBothClosed) return opened;
      return settings['startReset'] === true ? '8000' : '8003';
    case '8002':
    case 'C011':
    case 'C012':
      return one || two ? code : '8012';
    case '8012':
      if (areBothClosed) return '8005';
      if (one) return '8013';
      return two ? '8014' : code;
    case '8013':
      if (isOver) return 'C011';
      if (!one) return opened;
      return two ? '8005' : code;
    case '8014':
      if (isOver) return 'C012';
      if (!two) return opened;
      return one ? '8005' : code;
    case '8005':
      if (!areBothClosed) return opened;
      return settings['autoReset'] === true ? '8000' : '8003';
    case '8003':
      if (!areBothClosed) return opened;
      if (is('reset') && !rose('reset')) return 'C001';
      return rose('reset') ? '8000' : code;
    case 'C001':
      if (!areBothClosed) return opened;
      return is('reset') ? code : '8003';
    case '8000':
      return areBothClosed ? code : opened;
    default:
      throw new Error(code);
  }
}

export const GUARD: BlockOracle = {
  type: 'SF_Guard',
  inputs: ['switch1', 'switch2', 'reset'],
  edges: ['reset'],
  settings: [{ discrepancyTimeMs: 3 }, { discrepancyTimeMs: 3, autoReset: true }],
  limitsMs: () => [3],
  next,
  toV2: {
    '8002': '8802',
    '8003': '8402',
    '8012': '8804',
    '8013': '8806',
    '8014': '8808',
    '8005': '8002',
    C011: 'C010',
    C012: 'C020',
  },
  outputs: { guardOut: ['8000'] },
};
