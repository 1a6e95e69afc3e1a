// The import table of the design, stated in full: what each layer may import, and which package is confined where.
const rows = {
  'src/core': ['src/core'],
  'src/safety': ['src/safety', 'src/core'],
  'src/commissioning': ['src/commissioning', 'src/core'],
  'src/verify': ['src/verify', 'src/safety', 'src/core'],
  'src/ports': ['src/ports', 'src/core'],
  'firmware-bridge/wire': ['firmware-bridge/wire', 'src/core'],
  'sim/plant': ['sim/plant', 'src/core'],
  'src/devices': ['src/devices', 'src/core', 'src/ports'],
  'src/control': ['src/control', 'src/core', 'src/safety', 'src/ports', 'src/devices'],
  'src/config': ['src/config', 'src/core', 'src/safety'],
  'firmware-bridge/transport': ['firmware-bridge/transport', 'firmware-bridge/wire', 'src/ports', 'src/core'],
  'firmware-bridge/session': ['firmware-bridge/session', 'firmware-bridge/wire', 'src/ports', 'src/core'],
  'firmware-bridge/johnny-five': ['firmware-bridge/johnny-five', 'firmware-bridge/wire', 'src/ports', 'src/core'],
  'src/journal': ['src/journal', 'src/core', 'src/ports'],
  'src/client': ['src/client', 'src/core', 'src/ports', 'proto/generated'],
  'src/mes': ['src/mes', 'src/core', 'src/ports', 'proto/generated'],
  'sim/(kernel|board|faults)': [
    'sim/(kernel|board|faults|plant)',
    'src/core',
    'src/ports',
    'firmware-bridge/wire',
    'firmware-bridge/transport',
  ],
  'sim/[^/]+[.]ts$': [
    'sim',
    'src/core',
    'src/ports',
    'src/app',
    'src/config',
    'firmware-bridge/wire',
    'firmware-bridge/transport',
    'proto/generated',
  ],
  'src/cli': ['src/cli', 'src/app', 'src/client', 'src/config', 'src/commissioning', 'src/verify', 'sim/main.ts'],
};

/** Third-party packages and the only places that may know them. */
const confined = {
  'johnny-five|firmata-io': 'firmware-bridge/johnny-five',
  serialport: 'firmware-bridge/transport',
  '@grpc/grpc-js': 'src/(mes|client)/',
  'protobufjs|long': '(proto/generated|src/mes|sim/[^/]+[.]ts$)',
  zod: 'src/config',
  yaml: 'src/config',
  commander: 'src/cli',
  avr8js: 'sim/board',
  rxjs: '(src/(ports|devices|control|app)|firmware-bridge/(session|johnny-five)|sim|cells)',
};

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(rows).map(([from, allowed]) => ({
      name: `layer ${from}`,
      severity: 'error',
      from: { path: from.endsWith('$') ? `^${from}` : `^${from}/` },
      to: { path: '^(src|firmware-bridge|sim|test|proto|cells)/', pathNot: allowed.map((path) => `^${path}`) },
    })),
    ...Object.entries(confined).map(([name, home]) => ({
      name: `confined ${name}`,
      severity: 'error',
      from: { pathNot: `^${home}` },
      to: { path: `node_modules/(${name})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    extraExtensionsToScan: [],
  },
};
