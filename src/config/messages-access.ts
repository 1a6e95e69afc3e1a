// Texts of the file of roles. Codes are published: never rename one.
import type { Message } from './messages.ts';

export const ACCESS_MESSAGES = {
  'bad-identity': {
    allowed: {
      en: 'letters, digits and : . _ @ / + -, at most 128, and not local',
      es: 'letras, cifras y : . _ @ / + -, como máximo 128, y no local',
    },
    hint: {
      en: 'the URI or the common name in the certificate: celda certs show',
      es: 'el URI o el nombre común del certificado: celda certs show',
    },
  },
  'unknown-role': {
    allowed: { en: '{roles}', es: '{roles}' },
    hint: { en: 'write it as it is here, capitals included', es: 'escríbalo como aquí, con sus mayúsculas' },
  },
} as const satisfies Record<string, Message>;
